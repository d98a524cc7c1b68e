package io.drover.cli;

import io.drover.proto.operations.v1.BackupSummary;
import io.drover.proto.operations.v1.TargetSummary;
import io.drover.proto.operations.v1.TestTargetResponse.Step;
import io.drover.proto.operations.v1.Transfer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The listings of backups and of what belongs to them. */
final class BackupListings {
    static final Listing<TargetSummary> TARGETS = new Listing<TargetSummary>()
            .words("NAME", TargetSummary::getName)
            .words("URL", TargetSummary::getUrl)
            .words("CREDENTIALS", target -> target.getHasCredentials() ? "yes" : "no")
            .number("BACKUPS", target -> Integer.toString(target.getBackups()))
            .words("CREATED", target -> Shown.time(target.getCreated()))
            .field("name", TargetSummary::getName)
            .field("url", TargetSummary::getUrl)
            .field("hasCredentials", TargetSummary::getHasCredentials)
            .field("backups", TargetSummary::getBackups)
            .field("warnings", target -> List.copyOf(target.getWarningsList()))
            .field("created", target -> Shown.time(target.getCreated()));

    static final Listing<Step> STEPS = new Listing<Step>()
            .words("STEP", Step::getName)
            .number("MS", step -> Long.toString(step.getMilliseconds()))
            .words("RESULT", step -> step.getProblem().isEmpty() ? "works" : "! " + step.getProblem())
            .field("name", Step::getName)
            .field("milliseconds", Step::getMilliseconds)
            .field("problem", Step::getProblem);

    static final Listing<Transfer> TRANSFERS = new Listing<Transfer>()
            .words("KIND", Transfer::getKind)
            .words("VOLUME", Transfer::getVolume)
            .words("BACKUP", Transfer::getBackup)
            .words("INTO", Transfer::getIntoVolume)
            .words("STATE", Transfer::getState)
            .number("DONE", transfer -> Shown.size(transfer.getDoneBytes()))
            .number("OF", transfer -> Shown.size(transfer.getTotalBytes()))
            .words("MESSAGE", Transfer::getMessage)
            .field("id", Transfer::getId)
            .field("node", Transfer::getNode)
            .field("kind", Transfer::getKind)
            .field("state", Transfer::getState)
            .field("volume", Transfer::getVolume)
            .field("backup", Transfer::getBackup)
            .field("intoVolume", Transfer::getIntoVolume)
            .field("totalBytes", Transfer::getTotalBytes)
            .field("doneBytes", Transfer::getDoneBytes)
            .field("sentBytes", Transfer::getSentBytes)
            .field("readBytes", Transfer::getReadBytes)
            .field("requests", Transfer::getRequests)
            .field("started", transfer -> Shown.time(transfer.getStarted()))
            .field("ended", transfer -> Shown.time(transfer.getEnded()))
            .field("message", Transfer::getMessage)
            .field("badBlocks", BackupListings::badBlocks)
            .field("badBlockCount", Transfer::getBadBlockCount);

    static final Listing<BackupSummary> BACKUPS = new Listing<BackupSummary>()
            .words("VOLUME", BackupSummary::getVolume)
            .words("BACKUP", BackupSummary::getName)
            .number("SIZE", backup -> Shown.size(backup.getSizeBytes()))
            .number("UPLOADED", backup -> Shown.size(backup.getUploadedBytes()))
            .words("STATE", BackupListings::state)
            .words("KIND", backup -> backup.getIncremental() ? "incremental" : "full")
            .words("ORIGIN", BackupSummary::getOrigin)
            .words("TARGET", backup -> backup.getTarget().isEmpty() ? backup.getTargetUrl() : backup.getTarget())
            .words("SNAPSHOT TAKEN", backup -> Shown.time(backup.getSnapshotCreated()))
            .words("PROBLEM", backup -> backup.getProblem().isEmpty() ? backup.getFailure() : backup.getProblem())
            .field("volume", BackupSummary::getVolume)
            .field("name", BackupSummary::getName)
            .field("handle", BackupSummary::getHandle)
            .field("url", BackupSummary::getUrl)
            .field("target", BackupSummary::getTarget)
            .field("targetUrl", BackupSummary::getTargetUrl)
            .field("state", BackupSummary::getState)
            .field("origin", BackupSummary::getOrigin)
            .field("snapshot", BackupSummary::getSnapshot)
            .field("sizeBytes", BackupSummary::getSizeBytes)
            .field("storedBytes", BackupSummary::getStoredBytes)
            .field("uploadedBytes", BackupSummary::getUploadedBytes)
            .field("incremental", BackupSummary::getIncremental)
            .field("mode", BackupSummary::getMode)
            .field("labels", backup -> new LinkedHashMap<>(backup.getLabelsMap()))
            .field("snapshotCreated", backup -> Shown.time(backup.getSnapshotCreated()))
            .field("completed", backup -> Shown.time(backup.getCompleted()))
            .field("failure", BackupSummary::getFailure)
            .field("problem", BackupSummary::getProblem);

    private BackupListings() {}

    private static String state(BackupSummary backup) {
        Transfer transfer = backup.getTransfer();
        return backup.hasTransfer() && transfer.getTotalBytes() > 0
                ? backup.getState() + " " + 100 * transfer.getDoneBytes() / transfer.getTotalBytes() + " %"
                : backup.getState();
    }

    private static List<Map<String, Object>> badBlocks(Transfer transfer) {
        return transfer.getBadBlocksList().stream()
                .map(block -> {
                    Map<String, Object> object = new LinkedHashMap<>();
                    object.put("offset", block.getOffset());
                    object.put("checksum", block.getChecksum());
                    object.put("problem", block.getProblem());
                    return object;
                })
                .toList();
    }
}
