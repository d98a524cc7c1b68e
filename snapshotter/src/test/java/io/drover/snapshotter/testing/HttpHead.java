package io.drover.snapshotter.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** The lines before the body of a request, as they come over a connection. */
final class HttpHead {
    private HttpHead() {}

    /** Up to and with the empty line; nothing if the connection ends before. */
    static byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int state = 0;
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            head.write(octet);
            state = octet == (state % 2 == 0 ? '\r' : '\n') ? state + 1 : octet == '\r' ? 1 : 0;
            if (state == 4) {
                return head.toByteArray();
            }
        }
        return new byte[0];
    }

    /** As the head says; none is 0. */
    static int contentLength(String head) {
        for (String line : head.split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return 0;
    }
}
