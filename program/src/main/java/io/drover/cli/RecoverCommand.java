package io.drover.cli;

import io.drover.proto.operations.v1.RecoverRequest;
import io.drover.proto.operations.v1.RecoverResponse;
import io.drover.proto.operations.v1.RecoveredObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drover recover}. */
@Command(
        name = "recover",
        description = {
            "Makes the records of volumes and snapshots anew from what lies on the disks, after the records were lost.",
            "Records that exist stay as they are: it can be called again, for hosts that were away.",
            "Ends with 1 if something is left that it could not recover, or could not look at."
        },
        footer = {"", "Examples:", "  drover recover --dry-run", "  drover recover"})
public final class RecoverCommand implements Callable<Integer> {
    private static final Listing<RecoveredObject> OBJECTS = new Listing<RecoveredObject>()
            .words("OBJECT", RecoveredObject::getObject)
            .words("OUTCOME", RecoveredObject::getOutcome)
            .words("", RecoveredObject::getMessage)
            .field("object", RecoveredObject::getObject)
            .field("outcome", RecoveredObject::getOutcome)
            .field("message", RecoveredObject::getMessage);

    @Option(names = "--dry-run", description = "Only says what would be done.")
    private boolean dryRun;

    @Option(
            names = "--unfinished",
            description = "Also takes volumes for whole whose restore from a backup may have been interrupted.")
    private boolean unfinished;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        RecoverResponse response;
        try (Client client = server.connect()) {
            response = client.recovery()
                    .recover(RecoverRequest.newBuilder()
                            .setDryRun(dryRun)
                            .setUnfinished(unfinished)
                            .build());
        }
        output.list(OBJECTS, response.getObjectsList(), "No volume lies on any disk.");
        response.getSilentList().forEach(silent -> output.done("NOT LOOKED AT: " + silent));
        if (dryRun) {
            output.done("Nothing was changed; call again without --dry-run.");
        }
        boolean whole = response.getSilentCount() == 0
                && response.getObjectsList().stream()
                        .map(RecoveredObject::getOutcome)
                        .allMatch(outcome -> outcome.equals("recovered") || outcome.equals("known"));
        return whole ? ExitCode.OK : ExitCode.FAILURE;
    }
}
