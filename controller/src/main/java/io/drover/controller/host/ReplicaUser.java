package io.drover.controller.host;

/**
 * Somebody who holds a volume.
 *
 * @param path a staging or target path
 * @param pod {@code namespace/name}, or empty if not known
 */
public record ReplicaUser(String path, String pod) {
    @Override
    public String toString() {
        return pod.isEmpty() ? path : path + " (" + pod + ")";
    }
}
