package io.drover.snapshotter.target;

/** An identity at an S3 server. Its text shows the id only. */
public record AccessKey(String id, String secret) {
    @Override
    public String toString() {
        return "AccessKey[" + id + "]";
    }
}
