package io.drover.node.replica;

import io.drover.node.device.BlockBytes;
import io.drover.node.metadata.MetadataFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The content of {@code volume.json}.
 *
 * @param source as the creating request named it
 * @param record the controller's, as text
 * @param blockBytes logical block size of its device; absent in files of older programs, which means the usual one
 */
record VolumeMetadata(String volume, Optional<String> source, String record, Optional<Integer> blockBytes) {
    static final String FILE = "volume.json";
    private static final int VERSION = 1;

    static MetadataFile<VolumeMetadata> file(Path folder) {
        return new MetadataFile<>(folder.resolve(FILE), VolumeMetadata.class, VERSION);
    }

    BlockBytes blocks() {
        return blockBytes.map(BlockBytes::new).orElse(BlockBytes.USUAL);
    }

    VolumeMetadata withRecord(String next) {
        return new VolumeMetadata(volume, source, next, blockBytes);
    }
}
