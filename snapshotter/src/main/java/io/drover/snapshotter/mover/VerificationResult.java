package io.drover.snapshotter.mover;

import io.drover.snapshotter.store.VerificationReport;
import io.drover.snapshotter.transfer.TransferResult;

/** What a verification found. */
record VerificationResult(VerificationReport report) implements TransferResult {}
