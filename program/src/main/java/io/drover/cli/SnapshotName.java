package io.drover.cli;

/** A snapshot as it is named on a command line: {@code <volume>/<snapshot>}, or its handle {@code snap://<volume>/<snapshot>}. */
record SnapshotName(String volume, String snapshot) {
    private static final String SCHEME = "snap://";

    static SnapshotName parse(String text) {
        String path = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
        int slash = path.indexOf('/');
        if (slash <= 0 || slash != path.lastIndexOf('/') || slash == path.length() - 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "\"" + text
                            + "\" names no snapshot; write <volume>/<snapshot>, as `drover snapshot list` shows them");
        }
        return new SnapshotName(path.substring(0, slash), path.substring(slash + 1));
    }
}
