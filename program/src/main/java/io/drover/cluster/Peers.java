package io.drover.cluster;

/** Who is who, by the DNS names in certificates, and where it listens. */
final class Peers {
    /** The controller, a client only. */
    static final String CONTROLLER = "drover-controller";
    /** Agents and movers. */
    static final String NODE = "drover-node";

    static final int AGENT_PORT = 9811;
    static final int MOVER_PORT = 9812;

    private Peers() {}
}
