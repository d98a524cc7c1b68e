package io.drover.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the credentials of a backup target from a file, since what stands on a command line can be seen by everybody on the host: lines
 * {@code KEY=value}, or the manifest of a Kubernetes Secret with {@code data} or {@code stringData}.
 */
final class CredentialsFile {
    private static final String STANDARD_INPUT = "-";
    private static final int LIMIT = 1 << 20;

    private CredentialsFile() {}

    /** @param file a path, or "-" for standard input */
    static Map<String, String> read(String file, InputStream standardInput) {
        try {
            String text = file.equals(STANDARD_INPUT)
                    ? new String(standardInput.readNBytes(LIMIT), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
            return text.lines().anyMatch(line -> line.startsWith("data:") || line.startsWith("stringData:"))
                    ? secret(text, file)
                    : lines(text, file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read credentials from " + file, e);
        }
    }

    private static Map<String, String> lines(String text, String file) {
        Map<String, String> values = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String content = line.strip();
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            int equals = content.indexOf('=');
            if (equals <= 0) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "line " + number + " of " + file
                                + " is not KEY=value; write for example AWS_ACCESS_KEY_ID=…, or give the manifest of a Secret");
            }
            values.put(content.substring(0, equals).strip(), content.substring(equals + 1));
        }
        return values;
    }

    private static Map<String, String> secret(String text, String file) {
        Map<String, String> values = new LinkedHashMap<>();
        try {
            JsonNode manifest = new YAMLMapper().readTree(text);
            manifest.path("data").properties().forEach(field -> values.put(field.getKey(), decoded(field, file)));
            manifest.path("stringData")
                    .properties()
                    .forEach(
                            field -> values.put(field.getKey(), field.getValue().asText()));
        } catch (JsonProcessingException e) {
            // Its own message may quote the line, and so a secret.
            throw new CommandFailure(ExitCode.USAGE, file + " is no YAML; give the manifest of one Secret");
        }
        return values;
    }

    private static String decoded(Map.Entry<String, JsonNode> field, String file) {
        try {
            return new String(Base64.getMimeDecoder().decode(field.getValue().asText()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the value of " + field.getKey() + " under data in " + file
                            + " is not base64; encode it, or put it under stringData");
        }
    }
}
