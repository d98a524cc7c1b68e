package io.drover.core.resources;

import static io.drover.core.resources.Schema.object;
import static io.drover.core.resources.Schema.optional;
import static io.drover.core.resources.Schema.text;

import io.drover.core.model.SettingsRecord;
import io.drover.core.parameters.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The definition of the driver's settings: a field each, as {@code docs/parameters.md} describes them. */
final class SettingsDefinition {
    private static final Pattern RANGE = Pattern.compile("([0-9]+)–([0-9]+)");
    private static final String SIZE = "^[0-9]{1,18}([.][0-9]{1,3})?([kKMGTP]i?)?B?$";

    private SettingsDefinition() {}

    static Definition settings() {
        Schema.Field[] fields = SettingsReader.list(new SettingsRecord(Map.of())).stream()
                .map(setting -> optional(setting.name(), value(setting)))
                .toArray(Schema.Field[]::new);
        Schema spec = object("", optional("values", object("What differs from the defaults; each as text.", fields)))
                .byNothing();
        Schema schema = Definitions.of(
                        "The settings of the driver; the object is called drover.", spec, Definitions.status())
                .rule(
                        "self.metadata.name == '" + ObjectNames.SETTINGS + "'",
                        "there is one object of settings, and it is called " + ObjectNames.SETTINGS);
        return new Definition(Kind.SETTINGS, "dset", schema).column("Values", "string", ".spec.values");
    }

    private static Schema value(SettingsReader.Setting setting) {
        String possible = setting.possible();
        String defaultValue = setting.defaultValue();
        Schema schema = text(setting.description() + " " + (possible.isEmpty() ? "" : "Possible: " + possible + ". ")
                        + "Default: " + defaultValue + ".")
                .atMost(64);
        Matcher range = RANGE.matcher(possible);
        String message = setting.name() + ": possible is " + possible;
        if (possible.startsWith("a size, ")) {
            return schema.matching(SIZE);
        }
        if (range.matches()) {
            return schema.matching("^[0-9]{1,9}$")
                    .rule("int(self) >= " + range.group(1) + " && int(self) <= " + range.group(2), message);
        }
        if (possible.equals("true or false")) {
            return schema.matching("^(?i:true|false|t|f|1|0)$");
        }
        List<String> words = List.of(possible.split(", "));
        if (words.size() < 2) {
            throw new IllegalStateException(setting.name() + " has values of a form that has no rule yet: " + possible);
        }
        return words.stream().anyMatch(word -> word.matches("[0-9]+[KMGTP]i"))
                ? schema.matching(SIZE)
                : schema.rule("self in ['" + String.join("', '", words) + "']", message);
    }
}
