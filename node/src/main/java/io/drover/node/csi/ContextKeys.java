package io.drover.node.csi;

/** Keys of the contexts that the controller and Kubernetes hand to the node. They are a contract: never renamed. */
final class ContextKeys {
    /** Publish context: how this host reaches the replica; {@code local:<disk id>}. */
    static final String FIRST_LEG = "drover.io/leg.0";

    /** Volume context: the file system that the volume was made for. */
    static final String FILE_SYSTEM = "drover.io/fs-type";

    /** Volume context: more arguments for mkfs, separated by spaces. */
    static final String MAKE_PARAMETERS = "drover.io/mkfs-params";

    /** Volume context, from the kubelet, because our CSIDriver object asks for it (podInfoOnMount). */
    static final String POD_NAME = "csi.storage.k8s.io/pod.name";

    /** As {@link #POD_NAME}. */
    static final String POD_NAMESPACE = "csi.storage.k8s.io/pod.namespace";

    /** Topology: the host's name. */
    static final String NODE = "drover.io/node";

    private ContextKeys() {}
}
