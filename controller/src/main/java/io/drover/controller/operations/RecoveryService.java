package io.drover.controller.operations;

import io.drover.controller.recovery.Recovery;
import io.drover.controller.recovery.RecoveryReport;
import io.drover.core.rpc.Unary;
import io.drover.proto.operations.v1.RecoverRequest;
import io.drover.proto.operations.v1.RecoverResponse;
import io.drover.proto.operations.v1.RecoveredObject;
import io.drover.proto.operations.v1.RecoveryGrpc;
import io.grpc.stub.StreamObserver;
import java.util.Locale;
import java.util.TreeMap;

/** Lost records, for people. */
public final class RecoveryService extends RecoveryGrpc.RecoveryImplBase {
    private final Recovery recovery;

    public RecoveryService(Recovery recovery) {
        this.recovery = recovery;
    }

    @Override
    public void recover(RecoverRequest request, StreamObserver<RecoverResponse> observer) {
        Unary.change(observer, () -> {
            RecoveryReport report = recovery.recover(request.getDryRun(), request.getUnfinished());
            RecoverResponse.Builder response = RecoverResponse.newBuilder();
            report.findings().forEach(finding -> response.addObjects(object(finding)));
            new TreeMap<>(report.silent()).forEach((node, why) -> response.addSilent(node + ": " + why));
            return response.build();
        });
    }

    private static RecoveredObject object(RecoveryReport.Finding finding) {
        return RecoveredObject.newBuilder()
                .setObject(finding.object())
                .setOutcome(finding.outcome().name().toLowerCase(Locale.ROOT))
                .setMessage(finding.message())
                .build();
    }
}
