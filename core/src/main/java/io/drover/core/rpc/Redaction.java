package io.drover.core.rpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.drover.csi.v1.Csi;
import java.util.List;
import java.util.Map;

/** A message as one line for the log, without the fields that its proto marks {@code csi_secret}, at any depth. */
final class Redaction {
    private static final int MAX_LENGTH = 4096;

    private Redaction() {}

    static String text(Object message) {
        if (!(message instanceof Message proto)) {
            return message.getClass().getSimpleName();
        }
        String text = TextFormat.printer().emittingSingleLine(true).printToString(withoutSecrets(proto));
        return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
    }

    static Message withoutSecrets(Message message) {
        Message.Builder copy = message.toBuilder();
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            FieldDescriptor descriptor = field.getKey();
            if (descriptor.getOptions().getExtension(Csi.csiSecret)) {
                copy.clearField(descriptor);
            } else if (descriptor.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !descriptor.isMapField()) {
                copy.setField(descriptor, strip(field.getValue()));
            }
        }
        return copy.build();
    }

    private static Object strip(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(each -> withoutSecrets((Message) each)).toList();
        }
        return withoutSecrets((Message) value);
    }
}
