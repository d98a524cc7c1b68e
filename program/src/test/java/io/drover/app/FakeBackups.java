package io.drover.app;

import io.drover.core.error.StorageException;
import io.drover.proto.operations.v1.AddTargetRequest;
import io.drover.proto.operations.v1.BackupSummary;
import io.drover.proto.operations.v1.BadBlock;
import io.drover.proto.operations.v1.CreateBackupRequest;
import io.drover.proto.operations.v1.TestTargetResponse;
import io.drover.proto.operations.v1.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Backups whose uploads take as many looks as there are halves. Volumes whose name begins with "bad" have trouble. */
final class FakeBackups {
    static final int SIZE = 8 << 20;

    /** What was handed over with the targets, by their names. */
    final Map<String, Map<String, String>> credentials = new TreeMap<>();

    private final Map<String, Boolean> done = new TreeMap<>();

    void add(AddTargetRequest request) {
        credentials.put(request.getName(), request.getCredentialsMap());
    }

    static TestTargetResponse test(String name) {
        TestTargetResponse.Builder result = TestTargetResponse.newBuilder()
                .addSteps(
                        TestTargetResponse.Step.newBuilder().setName("connect").setMilliseconds(3));
        return result.addSteps(TestTargetResponse.Step.newBuilder()
                        .setName("write")
                        .setProblem(name.startsWith("bad") ? "s3:PutObject is not allowed" : ""))
                .build();
    }

    BackupSummary create(CreateBackupRequest request) {
        String name = request.getName().isEmpty() ? "b-1" : request.getName();
        boolean isDone = done.getOrDefault(request.getVolume(), false);
        BackupSummary.Builder backup = BackupSummary.newBuilder()
                .setVolume(request.getVolume())
                .setName(name)
                .setSizeBytes(SIZE)
                .setIncremental(request.getMode().equals("incremental"));
        if (!isDone) {
            return backup.setState("uploading")
                    .setTransfer(transfer("backup", request.getVolume(), name, "running", 0))
                    .build();
        }
        return request.getVolume().startsWith("bad")
                ? backup.setState("failed").setFailure("the bucket is gone").build()
                : backup.setState("ready").setUploadedBytes(2 << 20).build();
    }

    /** The end of any transfer; whoever has seen it sees the backup done. */
    List<Transfer> watch(String id) {
        String[] parts = id.split("/");
        List<Transfer> news = new ArrayList<>();
        news.add(transfer(parts[0], parts[1], parts[2], "running", SIZE / 2));
        Transfer.Builder end = transfer(parts[0], parts[1], parts[2], "done", SIZE).toBuilder();
        if (parts[0].equals("verification") && parts[1].startsWith("bad")) {
            end.setBadBlockCount(1)
                    .addBadBlocks(BadBlock.newBuilder()
                            .setOffset(2 << 20)
                            .setChecksum("abc")
                            .setProblem("missing"));
        }
        news.add(end.build());
        done.put(parts[1], true);
        return news;
    }

    Transfer verify(String volume, String backup) {
        if (volume.equals("none")) {
            throw StorageException.notFound("backup", volume + "/" + backup);
        }
        return transfer("verification", volume, backup, "running", 0);
    }

    private static Transfer transfer(String kind, String volume, String backup, String state, long doneBytes) {
        return Transfer.newBuilder()
                .setId(kind + "/" + volume + "/" + backup)
                .setKind(kind)
                .setVolume(volume)
                .setBackup(backup)
                .setState(state)
                .setTotalBytes(SIZE)
                .setDoneBytes(doneBytes)
                .build();
    }
}
