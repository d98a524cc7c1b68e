package io.drover.bench;

/** A way to use a disk, as fio is told. */
enum IoProfile {
    RANDOM_READ_1("4 KiB random read, depth 1", "randread", "4k", 1),
    RANDOM_READ_16("4 KiB random read, depth 16", "randread", "4k", 16),
    RANDOM_WRITE_1("4 KiB random write, depth 1", "randwrite", "4k", 1),
    RANDOM_WRITE_16("4 KiB random write, depth 16", "randwrite", "4k", 16),
    SEQUENTIAL_READ("1 MiB sequential read", "read", "1m", 4),
    SEQUENTIAL_WRITE("1 MiB sequential write", "write", "1m", 4);

    private final String title;
    private final String pattern;
    private final String blockSize;
    private final int depth;

    IoProfile(String title, String pattern, String blockSize, int depth) {
        this.title = title;
        this.pattern = pattern;
        this.blockSize = blockSize;
        this.depth = depth;
    }

    String title() {
        return title;
    }

    String pattern() {
        return pattern;
    }

    String blockSize() {
        return blockSize;
    }

    int depth() {
        return depth;
    }

    boolean isWrite() {
        return pattern.endsWith("write");
    }
}
