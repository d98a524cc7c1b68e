package io.drover.proto.contract;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.Message;
import io.drover.csi.v1.Csi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Everything in a proto file that a peer could notice, as sorted lines of names and numbers: messages, fields with number, label
 * and type, oneofs, enums, services and methods, the options of each. The options that only shape generated Java are left out.
 */
final class ContractListing {
    /** Fields of these names carry another name in our file: the published one does not compile to Java. */
    private static final String OUR_NAME = "mutable_params";

    private static final String PUBLISHED_NAME = "mutable_parameters";
    private static final String OUR_ENTRY = "MutableParamsEntry";
    private static final String PUBLISHED_ENTRY = "MutableParametersEntry";

    private final TreeSet<String> lines = new TreeSet<>();

    private ContractListing() {}

    /** The listing of a file, one line each, ending in a newline. */
    static String of(FileDescriptorProto file) {
        ContractListing listing = new ContractListing();
        listing.add("file package=" + file.getPackage() + " syntax=" + file.getSyntax());
        file.getDependencyList().forEach(dependency -> listing.add("import " + dependency));
        String scope = file.getPackage();
        file.getMessageTypeList().forEach(message -> listing.message(scope, message));
        file.getEnumTypeList().forEach(values -> listing.enumeration(scope, values));
        file.getExtensionList().forEach(extension -> listing.field(extension.getExtendee(), extension, List.of()));
        file.getServiceList().forEach(service -> listing.service(scope, service));
        return listing.lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private void message(String scope, DescriptorProto message) {
        String name = scope + "." + published(message.getName());
        add("message " + name + options(message.getOptions()));
        List<String> oneofs = message.getOneofDeclList().stream()
                .map(oneof -> oneof.getName())
                .toList();
        message.getFieldList().forEach(field -> field(name, field, oneofs));
        message.getReservedRangeList()
                .forEach(range -> add("reserved " + name + " " + range.getStart() + "-" + range.getEnd()));
        message.getReservedNameList().forEach(reserved -> add("reserved " + name + " " + reserved));
        message.getEnumTypeList().forEach(values -> enumeration(name, values));
        message.getNestedTypeList().forEach(nested -> message(name, nested));
    }

    private void field(String scope, FieldDescriptorProto field, List<String> oneofs) {
        String type = field.hasTypeName()
                ? published(field.getTypeName())
                : field.getType().name().substring("TYPE_".length());
        String oneof = field.hasOneofIndex() ? " oneof=" + oneofs.get(field.getOneofIndex()) : "";
        String label = field.getLabel().name().substring("LABEL_".length());
        add("field " + scope + " " + field.getNumber() + " " + published(field.getName()) + " " + label + " " + type
                + oneof + options(field.getOptions()));
    }

    private void enumeration(String scope, EnumDescriptorProto values) {
        String name = scope + "." + values.getName();
        add("enum " + name + options(values.getOptions()));
        values.getValueList()
                .forEach(value -> add("value " + name + " " + value.getNumber() + " " + value.getName()
                        + options(value.getOptions())));
    }

    private void service(String scope, ServiceDescriptorProto service) {
        String name = scope + "." + service.getName();
        add("service " + name + options(service.getOptions()));
        for (MethodDescriptorProto method : service.getMethodList()) {
            add("method " + name + "/" + method.getName() + " " + stream(method.getClientStreaming())
                    + method.getInputType() + " -> " + stream(method.getServerStreaming()) + method.getOutputType()
                    + options(method.getOptions()));
        }
    }

    private static String stream(boolean streaming) {
        return streaming ? "stream " : "";
    }

    private static String options(Message options) {
        return options.getAllFields().entrySet().stream()
                .sorted(Comparator.comparing(option -> option.getKey().getNumber()))
                .map(option -> " " + option.getKey().getName() + "=" + option.getValue())
                .collect(Collectors.joining());
    }

    private static String published(String name) {
        return name.equals(OUR_NAME) ? PUBLISHED_NAME : name.replace(OUR_ENTRY, PUBLISHED_ENTRY);
    }

    private void add(String line) {
        lines.add(line);
    }

    /**
     * Prints the listing of a published csi.proto, to make the golden file of a new version of the specification. The argument is
     * what {@code protoc --descriptor_set_out=<argument> csi.proto} wrote.
     */
    public static void main(String[] arguments) throws IOException {
        ExtensionRegistry options = ExtensionRegistry.newInstance();
        Csi.registerAllExtensions(options);
        FileDescriptorSet set = FileDescriptorSet.parseFrom(Files.readAllBytes(Path.of(arguments[0])), options);
        FileDescriptorProto file = set.getFile(set.getFileCount() - 1);
        System.out.write(of(file).getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
