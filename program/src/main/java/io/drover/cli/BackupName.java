package io.drover.cli;

/** A backup as it is named on a command line: {@code <volume>/<backup>}, or its handle {@code bak://<volume>/<backup>}. */
record BackupName(String volume, String backup) {
    private static final String SCHEME = "bak://";

    static BackupName parse(String text) {
        String path = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
        int slash = path.indexOf('/');
        if (slash <= 0 || slash != path.lastIndexOf('/') || slash == path.length() - 1) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "\"" + text + "\" names no backup; write <volume>/<backup>, as `drover backup list` shows them");
        }
        return new BackupName(path.substring(0, slash), path.substring(slash + 1));
    }

    @Override
    public String toString() {
        return volume + "/" + backup;
    }
}
