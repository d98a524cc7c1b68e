package io.drover.core.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what somebody probably meant. */
public final class NearestName {
    private static final int MAX_LENGTH = 64;

    private NearestName() {}

    /** The end of a message about an unknown name: {@code ; did you mean "fsType"?}, or what there is when nothing is near. */
    public static String hint(String unknown, Collection<String> known) {
        List<String> near = known.stream()
                .filter(name -> distance(unknown, name) <= Math.max(2, name.length() / 3))
                .sorted(Comparator.comparingInt((String name) -> distance(unknown, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(1)
                .toList();
        return near.isEmpty()
                ? "; known are " + String.join(", ", known.stream().sorted().toList())
                : "; did you mean \"" + near.getFirst() + "\"?";
    }

    /** A text of the user's as it may appear in a message: short, without control characters. */
    public static String shown(String text) {
        String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    /** How many letters must be put in, left out or replaced to get from one to the other, whatever their case. */
    static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        if (Math.abs(a.length() - b.length()) > MAX_LENGTH) {
            return Math.abs(a.length() - b.length());
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
