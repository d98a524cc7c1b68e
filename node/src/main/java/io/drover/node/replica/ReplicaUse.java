package io.drover.node.replica;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who holds a replica's head now.
 *
 * @param device the loop device that it is attached to
 * @param users the paths where it is mounted
 */
public record ReplicaUse(Optional<String> device, List<User> users) {
    /** Nobody. */
    public static final ReplicaUse NONE = new ReplicaUse(Optional.empty(), List.of());

    public ReplicaUse {
        users = List.copyOf(users);
    }

    /**
     * Somebody.
     *
     * @param path a staging or target path that is mounted
     * @param pod {@code namespace/name} where the kubelet told us, else empty
     */
    public record User(String path, String pod) {
        @Override
        public String toString() {
            return pod.isEmpty() ? path : "pod " + pod + " at " + path;
        }
    }

    public boolean isFree() {
        return device.isEmpty() && users.isEmpty();
    }

    @Override
    public String toString() {
        String attached = device.map(name -> "attached to " + name).orElse("not attached");
        String held = users.stream().map(User::toString).collect(Collectors.joining(", "));
        return held.isEmpty() ? attached : attached + ", held by " + held;
    }
}
