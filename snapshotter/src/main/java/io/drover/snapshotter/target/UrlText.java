package io.drover.snapshotter.target;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoding of the parts of a target's URL. Pure. */
final class UrlText {
    private static final String PLAIN = "-._~!&'()*+;=:@/";

    private UrlText() {}

    /** A path, with its slashes, as it stands in a URL. */
    static String path(String plain) {
        StringBuilder text = new StringBuilder();
        for (byte octet : plain.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (octet & 0xff);
            boolean kept = letter < 0x80 && (Character.isLetterOrDigit(letter) || PLAIN.indexOf(letter) >= 0);
            text.append(kept ? String.valueOf(letter) : String.format("%%%02X", octet & 0xff));
        }
        return text.toString();
    }

    /** A value of a query, as Go and HTML forms write it. */
    static String form(String plain) {
        return URLEncoder.encode(plain, StandardCharsets.UTF_8);
    }

    /** The meaning of a path of a URL; empty if an escape is broken. */
    static Optional<String> plainPath(String text) {
        return plain(text, false);
    }

    /** The meaning of a value of a query, where {@code +} is a space; empty if an escape is broken. */
    static Optional<String> plainForm(String text) {
        return plain(text, true);
    }

    private static Optional<String> plain(String text, boolean plusIsSpace) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream plain = new ByteArrayOutputStream(octets.length);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '%') {
                int high = i + 2 < octets.length ? Character.digit(octets[i + 1], 16) : -1;
                int low = i + 2 < octets.length ? Character.digit(octets[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                plain.write(high << 4 | low);
                i += 2;
            } else {
                plain.write(plusIsSpace && octets[i] == '+' ? ' ' : octets[i]);
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(plain.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
