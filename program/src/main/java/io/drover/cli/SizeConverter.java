package io.drover.cli;

import io.drover.core.error.StorageException;
import io.drover.core.model.ByteSize;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes such as {@code 10Gi} on a command line. */
final class SizeConverter implements ITypeConverter<ByteSize> {
    @Override
    public ByteSize convert(String text) {
        try {
            return ByteSize.parse(text);
        } catch (StorageException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
