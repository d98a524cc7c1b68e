package io.drover.app;

import io.drover.standalone.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code drover --version} prints. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "drover " + Version.TEXT, "Java " + Runtime.version() + ", " + System.getProperty("os.arch"),
        };
    }
}
