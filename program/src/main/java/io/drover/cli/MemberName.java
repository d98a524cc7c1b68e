package io.drover.cli;

/** Something that belongs to a volume, as it is named on a command line: {@code <volume>/<name>}, or its handle. */
record MemberName(String volume, String name) {
    /** A snapshot, or its handle {@code snap://<volume>/<snapshot>}. */
    static MemberName ofSnapshot(String text) {
        return parse(text, "snap://", "snapshot");
    }

    /** A backup, or its handle {@code bak://<volume>/<backup>}. */
    static MemberName ofBackup(String text) {
        return parse(text, "bak://", "backup");
    }

    private static MemberName parse(String text, String scheme, String kind) {
        String path = text.startsWith(scheme) ? text.substring(scheme.length()) : text;
        int slash = path.indexOf('/');
        if (slash <= 0 || slash != path.lastIndexOf('/') || slash == path.length() - 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "\"" + text + "\" names no " + kind + "; write <volume>/<" + kind + ">, as `drover " + kind
                            + " list` shows them");
        }
        return new MemberName(path.substring(0, slash), path.substring(slash + 1));
    }

    @Override
    public String toString() {
        return volume + "/" + name;
    }
}
