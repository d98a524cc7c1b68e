package io.drover.controller.recovery;

import io.drover.core.model.NodeId;
import java.util.List;
import java.util.Map;

/**
 * What a recovery did, or would do.
 *
 * @param findings one for each volume and snapshot that lies on a disk
 * @param silent hosts that were not looked at, with the reason: what lies there is not known
 */
public record RecoveryReport(List<Finding> findings, Map<NodeId, String> silent) {
    public RecoveryReport {
        findings = List.copyOf(findings);
        silent = Map.copyOf(silent);
    }

    /** What became of an object. */
    public enum Outcome {
        /** There was no record, and now there is one. */
        RECOVERED,
        /** There is a record already; it stays as it is. */
        KNOWN,
        /** Perhaps restored from its backup in part only; left alone. */
        UNFINISHED,
        /** Its record cannot be made; the message says why. */
        PROBLEM
    }

    /** @param object {@code volume pvc-1}, {@code snapshot pvc-1/before} */
    public record Finding(String object, Outcome outcome, String message) {}
}
