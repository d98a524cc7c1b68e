package io.drover.core.resources;

import java.util.Locale;

/** Constants as documents write them, in the manner of Kubernetes: {@code SINGLE_NODE_WRITER} is {@code SingleNodeWriter}. */
final class Words {
    private Words() {}

    static String text(Enum<?> value) {
        StringBuilder text = new StringBuilder();
        for (String word : value.name().split("_", -1)) {
            text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
