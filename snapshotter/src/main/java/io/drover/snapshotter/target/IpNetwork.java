package io.drover.snapshotter.target;

import java.net.InetAddress;
import java.util.Optional;

/** An address of version 4 or 6, or a network of such, {@code 10.0.0.0/8}. Never asks a name server. */
record IpNetwork(byte[] address, int bits) {
    /** Empty if the text is neither. */
    static Optional<IpNetwork> parse(String text) {
        int slash = text.indexOf('/');
        Optional<byte[]> address = octets(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int all = address.get().length * 8;
        if (slash < 0) {
            return Optional.of(new IpNetwork(address.get(), all));
        }
        String length = text.substring(slash + 1);
        return length.matches("[0-9]{1,3}") && Integer.parseInt(length) <= all
                ? Optional.of(new IpNetwork(address.get(), Integer.parseInt(length)))
                : Optional.empty();
    }

    static boolean same(String one, String other) {
        return parse(one).filter(network -> network.holds(other)).isPresent();
    }

    /** Whether a host, given as an address and not as a name, belongs to it. */
    boolean holds(String host) {
        Optional<byte[]> other = octets(host);
        if (other.isEmpty() || other.get().length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((address[bit / 8] & mask) != (other.get()[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<byte[]> octets(String text) {
        boolean literal = text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") || text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
        if (!literal) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
