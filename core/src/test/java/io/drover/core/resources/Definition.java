package io.drover.core.resources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;

/** What the API server is told about a kind of record: a CustomResourceDefinition. */
final class Definition {
    private static final String GROUP = "drover.io";
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                    .stringQuotingChecker(new PlainText())
                    .build())
            .build();

    private final Kind kind;
    private final String shortName;
    private final Schema schema;
    private final List<Column> columns = new ArrayList<>();

    /** A definition without columns. {@code schema} is that of the whole object. */
    Definition(Kind kind, String shortName, Schema schema) {
        this.kind = kind;
        this.shortName = shortName;
        this.schema = schema;
    }

    private record Column(String name, String type, String path, boolean wide) {}

    Kind kind() {
        return kind;
    }

    JsonNode schema() {
        return schema.tree();
    }

    /** A column of {@code kubectl get}. */
    Definition column(String name, String type, String path) {
        columns.add(new Column(name, type, path, false));
        return this;
    }

    /** A column of {@code kubectl get -o wide}. */
    Definition wideColumn(String name, String type, String path) {
        columns.add(new Column(name, type, path, true));
        return this;
    }

    String fileName() {
        return kind.plural() + ".yaml";
    }

    String yaml() {
        ObjectNode root = YAML.createObjectNode();
        root.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "CustomResourceDefinition");
        ObjectNode metadata = root.putObject("metadata");
        metadata.put("name", kind.plural() + "." + GROUP);
        metadata.putObject("labels").put("app.kubernetes.io/name", "drover");
        ObjectNode spec = root.putObject("spec");
        spec.put("group", GROUP).put("scope", "Namespaced");
        ObjectNode names = spec.putObject("names");
        names.put("kind", kind.text())
                .put("listKind", kind.text() + "List")
                .put("plural", kind.plural())
                .put("singular", kind.text().toLowerCase(java.util.Locale.ROOT));
        names.putArray("shortNames").add(shortName);
        names.putArray("categories").add("drover");
        ObjectNode version = spec.putArray("versions").addObject();
        version.put("name", ResourceFormat.API_VERSION.substring(GROUP.length() + 1))
                .put("served", true)
                .put("storage", true);
        version.putObject("subresources").putObject("status");
        ArrayNode shown = version.putArray("additionalPrinterColumns");
        columns.forEach(column -> {
            ObjectNode written = shown.addObject()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("jsonPath", column.path());
            if (column.wide()) {
                written.put("priority", 1);
            }
        });
        shown.addObject().put("name", "Age").put("type", "date").put("jsonPath", ".metadata.creationTimestamp");
        version.putObject("schema").set("openAPIV3Schema", schema.tree());
        try {
            return "# Generated from the code by DefinitionsTest, which says how to write it anew. Do not edit.\n"
                    + YAML.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
