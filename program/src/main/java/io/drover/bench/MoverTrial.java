package io.drover.bench;

import io.drover.proto.operations.v1.AddTargetRequest;
import io.drover.proto.operations.v1.BackupSummary;
import io.drover.proto.operations.v1.CreateBackupRequest;
import io.drover.proto.operations.v1.GetVolumeRequest;
import io.drover.proto.operations.v1.ListTransfersRequest;
import io.drover.proto.operations.v1.RemoveTargetRequest;
import io.drover.proto.operations.v1.SetSettingRequest;
import io.drover.proto.operations.v1.Transfer;
import io.drover.proto.operations.v1.WatchTransferRequest;
import io.drover.sandbox.Sandbox;
import io.drover.sandbox.TrialVolume;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;

/** A throw-away driver with a raw volume of generated data, of which backups are made and restored. */
final class MoverTrial implements AutoCloseable {
    /** The format's smaller size of a block, and its usual one. */
    static final int BLOCK = 2 << 20;

    private static final long SEED = 4;
    private static final Duration PATIENCE = Duration.ofHours(2);

    private final Sandbox sandbox;
    private final GeneratedData data = new GeneratedData(SEED, BLOCK);
    private final TrialVolume volume;
    private final Path device;
    private final int blocks;

    private MoverTrial(Sandbox sandbox, TrialVolume volume, Path device, int blocks) {
        this.sandbox = sandbox;
        this.volume = volume;
        this.device = device;
        this.blocks = blocks;
    }

    /**
     * Starts a driver and fills a volume.
     *
     * @param dataBytes rounded up to whole blocks; the volume is a quarter larger, and holes there
     */
    static MoverTrial start(BenchPlace place, String engine, long dataBytes) throws IOException, InterruptedException {
        int blocks = Math.toIntExact(Math.max(8, (dataBytes + BLOCK - 1) / BLOCK));
        long size = (long) BLOCK * (blocks + blocks / 4);
        Sandbox sandbox = place.sandbox(engine, 4 * size + (4L << 30));
        try {
            sandbox.start();
            TrialVolume volume = sandbox.csi().createVolume("bench-data", size, TrialVolume.block());
            Path device = sandbox.kubelet().attach(volume);
            MoverTrial trial = new MoverTrial(sandbox, volume, device, blocks);
            trial.fill();
            return trial;
        } catch (IOException | InterruptedException | RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    GeneratedData data() {
        return data;
    }

    /** How many blocks of data the volume has; block 0 is at its beginning. */
    int blocks() {
        return blocks;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    TrialVolume volume() {
        return volume;
    }

    /** The volume as a device, for changing it. */
    FileChannel openDevice() throws IOException {
        return FileChannel.open(device, StandardOpenOption.WRITE);
    }

    private void fill() throws IOException {
        byte[] block = new byte[BLOCK];
        try (FileChannel channel = openDevice()) {
            for (int i = 0; i < blocks; i++) {
                data.fill(i, block);
                write(channel, (long) i * BLOCK, ByteBuffer.wrap(block));
            }
            channel.force(true);
        }
    }

    static void write(FileChannel channel, long offset, ByteBuffer bytes) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** Takes a local snapshot; returns where its image lies. */
    Path snapshot(String name) throws IOException {
        return sandbox.snapshotImage(
                sandbox.csi().createSnapshot(name, volume.id()).getSnapshotId());
    }

    /** How many cores a transfer that begins from now on may use. */
    void useCores(int cores) {
        var _ = sandbox.operations()
                .setSetting(SetSettingRequest.newBuilder()
                        .setName("backup-cores")
                        .setValue(Integer.toString(cores))
                        .build());
    }

    void addTarget(String name, String url, Map<String, String> credentials) {
        var _ = sandbox.operations()
                .addTarget(AddTargetRequest.newBuilder()
                        .setName(name)
                        .setUrl(url)
                        .putAllCredentials(credentials)
                        .build());
    }

    /** Forgets a target and the backups in it. */
    void removeTarget(String name) {
        var _ = sandbox.operations()
                .removeTarget(RemoveTargetRequest.newBuilder()
                        .setName(name)
                        .setForce(true)
                        .build());
    }

    /**
     * Makes a backup of a snapshot, and waits for its end.
     *
     * @throws IOException if it fails
     */
    TransferFigures backUp(String name, String snapshot, String target, boolean full) throws IOException {
        CreateBackupRequest request = CreateBackupRequest.newBuilder()
                .setVolume(volume.id())
                .setName(name)
                .setSnapshot(snapshot)
                .setTarget(target)
                .setMode(full ? "full" : "incremental")
                .build();
        Observation observation = Observation.begin(sandbox.pid());
        BackupSummary begun = sandbox.operations().createBackup(request);
        Transfer transfer = ended(begun.getTransfer());
        TransferFigures figures = observation.end(transfer);
        // The same call keeps what has become of it.
        BackupSummary backup = sandbox.operations().createBackup(request);
        if (!backup.getState().equals("ready") || backup.getIncremental() == full) {
            throw new IOException("the backup " + name + " is " + backup.getState() + " and "
                    + (backup.getIncremental() ? "incremental" : "full") + ": " + backup.getFailure()
                    + transfer.getMessage());
        }
        return figures;
    }

    private Transfer ended(Transfer begun) throws IOException {
        Transfer latest = begun;
        while (!hasEnded(latest)) {
            Iterator<Transfer> news = sandbox.operations()
                    .watchTransfer(WatchTransferRequest.newBuilder()
                            .setId(begun.getId())
                            .setNode(begun.getNode())
                            .build());
            try {
                while (news.hasNext()) {
                    latest = news.next();
                }
            } catch (StatusRuntimeException e) {
                // A call has a deadline and a large volume has none.
                if (e.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
                    throw e;
                }
            }
        }
        return done(latest);
    }

    private static boolean hasEnded(Transfer transfer) {
        return !transfer.getState().equals("waiting") && !transfer.getState().equals("running");
    }

    private static Transfer done(Transfer transfer) throws IOException {
        if (!transfer.getState().equals("done")) {
            throw new IOException(
                    "the transfer " + transfer.getId() + " is " + transfer.getState() + ": " + transfer.getMessage());
        }
        return transfer;
    }

    /** Restores a backup to a new volume of this name. */
    TransferFigures restore(String name, String backup) throws IOException {
        Observation observation = Observation.begin(sandbox.pid());
        TrialVolume restored = sandbox.csi()
                .restoreBackup(
                        name, volume.sizeBytes(), volume.capability(), "bak://" + volume.id() + "/" + backup, PATIENCE);
        for (Transfer transfer : sandbox.operations()
                .listTransfers(ListTransfersRequest.getDefaultInstance())
                .getTransfersList()) {
            if (transfer.getKind().equals("restore") && transfer.getIntoVolume().equals(restored.id())) {
                return observation.end(done(transfer));
            }
        }
        throw new IOException("the driver does not remember the restore of " + name);
    }

    /** Bytes that the pool has allocated to a volume. */
    long allocatedBytes(String name) {
        return sandbox.operations()
                .getVolume(GetVolumeRequest.newBuilder().setName(name).build())
                .getSummary()
                .getAllocatedBytes();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
