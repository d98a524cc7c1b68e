package io.drover.cluster;

import io.drover.controller.host.NodePlaces.Address;
import io.drover.core.error.StorageException;
import io.drover.core.model.NodeId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host as a command line names it: {@code <name>=<address>[:<agent port>:<mover port>]}, an IPv6 address in brackets. */
record HostAddress(NodeId node, Address agent, Address mover) {
    private static final Pattern FORM =
            Pattern.compile("([^=]+)=(\\[[0-9a-fA-F:.%]+]|[^:\\[\\]]+)(?::(\\d{1,5}):(\\d{1,5}))?");

    /**
     * Reads the text form.
     *
     * @throws StorageException INVALID if it is of another
     */
    static HostAddress parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw StorageException.invalid(
                    "\"" + text
                            + "\" is no host; write <name>=<address> or <name>=<address>:<agent port>:<mover port>, as in worker-1=10.0.0.7");
        }
        String host = matcher.group(2).replaceAll("^\\[|]$", "");
        return new HostAddress(
                new NodeId(matcher.group(1)),
                new Address(host, port(text, matcher.group(3), Peers.AGENT_PORT)),
                new Address(host, port(text, matcher.group(4), Peers.MOVER_PORT)));
    }

    private static int port(String text, String given, int usual) {
        return given == null ? usual : port(text, given);
    }

    /**
     * A port that is part of a text.
     *
     * @param digits of the port, at most five
     * @throws StorageException INVALID naming the text, if there is no such port
     */
    static int port(String text, String digits) {
        int port = Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            throw StorageException.invalid("\"" + text + "\" names the port " + port + "; use 1 to 65535");
        }
        return port;
    }
}
