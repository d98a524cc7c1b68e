package io.drover.bench;

import io.drover.cli.CommandFailure;
import io.drover.cli.ExitCode;
import io.drover.core.model.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * How thoroughly to measure backups or restores.
 *
 * @param dataBytes that are generated
 * @param rounds in each of which everything is measured once; one before them does not count
 */
record TransferEffort(long dataBytes, int rounds) {
    /** What the options of a command say; what they leave open depends on whether it has to be quick. */
    static TransferEffort of(@Nullable String size, @Nullable Integer rounds, boolean quick) {
        if (rounds != null && rounds < 1) {
            throw new CommandFailure(ExitCode.FAILURE, "cannot measure in " + rounds + " rounds; give at least 1");
        }
        String data = size != null ? size : quick ? "512Mi" : "4Gi";
        return new TransferEffort(ByteSize.parse(data).bytes(), rounds != null ? rounds : quick ? 2 : 5);
    }
}
