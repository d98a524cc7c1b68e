package io.drover.controller.mover;

import io.drover.controller.host.NodeChannels;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupSettings;
import io.drover.core.model.NodeId;
import io.drover.core.rpc.StatusMapper;
import io.drover.proto.mover.v1.CancelTransferRequest;
import io.drover.proto.mover.v1.GetStoredBackupRequest;
import io.drover.proto.mover.v1.GetTransferRequest;
import io.drover.proto.mover.v1.ListStoredBackupsRequest;
import io.drover.proto.mover.v1.ListStoredVolumesRequest;
import io.drover.proto.mover.v1.ListTransfersRequest;
import io.drover.proto.mover.v1.MoverGrpc;
import io.drover.proto.mover.v1.MoverGrpc.MoverBlockingStub;
import io.drover.proto.mover.v1.StartVerificationRequest;
import io.drover.proto.mover.v1.TestTargetRequest;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The movers over gRPC: one channel per node, in the same process for standalone. A caller's earlier deadline holds as well. */
public final class GrpcMovers implements Movers {
    /** For what a mover answers by itself. */
    private static final Duration SHORT = Duration.ofSeconds(30);
    /** For what it asks a store first. */
    private static final Duration LONG = Duration.ofMinutes(2);

    private final NodeChannels channels;

    /** Takes channels that stay; closing them stays with the caller. */
    public GrpcMovers(Map<NodeId, Channel> channels) {
        this(NodeChannels.fixed(channels));
    }

    /** Follows hosts that come and go. */
    public GrpcMovers(NodeChannels channels) {
        this.channels = channels;
    }

    @Override
    public List<NodeId> nodes() {
        return channels.nodes();
    }

    @Override
    public Transfer startBackup(NodeId node, BackupOrder order) {
        return MoverMessages.transfer(node, ask(node, LONG, mover -> mover.startBackup(MoverMessages.backup(order))));
    }

    @Override
    public Transfer startRestore(NodeId node, RestoreOrder order) {
        return MoverMessages.transfer(node, ask(node, LONG, mover -> mover.startRestore(MoverMessages.restore(order))));
    }

    @Override
    public Transfer startDeletion(NodeId node, TargetAccess target, BackupId backup, List<String> remembered) {
        return MoverMessages.transfer(
                node,
                ask(node, LONG, mover -> mover.startDeletion(MoverMessages.deletion(target, backup, remembered))));
    }

    @Override
    public Transfer startVerification(
            NodeId node, TargetAccess target, BackupId backup, int samplePercent, BackupSettings settings) {
        StartVerificationRequest request = StartVerificationRequest.newBuilder()
                .setTarget(MoverMessages.target(target))
                .setVolume(backup.volume().value())
                .setBackup(backup.name())
                .setSamplePercent(samplePercent)
                .setLimits(MoverMessages.limits(settings))
                .build();
        return MoverMessages.transfer(node, ask(node, LONG, mover -> mover.startVerification(request)));
    }

    @Override
    public Transfer transfer(NodeId node, String id, Duration wait) {
        GetTransferRequest request = GetTransferRequest.newBuilder()
                .setId(id)
                .setWaitMilliseconds((int) wait.toMillis())
                .build();
        return MoverMessages.transfer(node, ask(node, SHORT.plus(wait), mover -> mover.getTransfer(request)));
    }

    @Override
    public List<Transfer> transfers(NodeId node) {
        return ask(node, SHORT, mover -> mover.listTransfers(ListTransfersRequest.getDefaultInstance()))
                .getTransfersList()
                .stream()
                .map(transfer -> MoverMessages.transfer(node, transfer))
                .toList();
    }

    @Override
    public void cancel(NodeId node, String id) {
        CancelTransferRequest request =
                CancelTransferRequest.newBuilder().setId(id).build();
        try {
            var _ = ask(node, SHORT, mover -> mover.cancelTransfer(request));
        } catch (StorageException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }

    @Override
    public List<StoredVolume> volumes(NodeId node, TargetAccess target) {
        ListStoredVolumesRequest request = ListStoredVolumesRequest.newBuilder()
                .setTarget(MoverMessages.target(target))
                .build();
        return ask(node, LONG, mover -> mover.listStoredVolumes(request)).getVolumesList().stream()
                .map(MoverMessages::storedVolume)
                .toList();
    }

    @Override
    public List<StoredBackup> backups(NodeId node, TargetAccess target, String volume) {
        ListStoredBackupsRequest request = ListStoredBackupsRequest.newBuilder()
                .setTarget(MoverMessages.target(target))
                .setVolume(volume)
                .build();
        return ask(node, LONG, mover -> mover.listStoredBackups(request)).getBackupsList().stream()
                .map(MoverMessages::stored)
                .toList();
    }

    @Override
    public StoredBackup backup(NodeId node, TargetAccess target, BackupId backup) {
        GetStoredBackupRequest request = GetStoredBackupRequest.newBuilder()
                .setTarget(MoverMessages.target(target))
                .setVolume(backup.volume().value())
                .setBackup(backup.name())
                .build();
        return MoverMessages.stored(ask(node, LONG, mover -> mover.getStoredBackup(request)));
    }

    @Override
    public TargetTest test(NodeId node, TargetAccess target) {
        TestTargetRequest request = TestTargetRequest.newBuilder()
                .setTarget(MoverMessages.target(target))
                .build();
        return MoverMessages.test(ask(node, LONG, mover -> mover.testTarget(request)));
    }

    private <T> T ask(NodeId node, Duration deadline, Function<MoverBlockingStub, T> call) {
        try {
            MoverBlockingStub mover = MoverGrpc.newBlockingStub(channel(node));
            return call.apply(mover.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS));
        } catch (StatusRuntimeException e) {
            throw of(node, StatusMapper.exception(e));
        }
    }

    /** A transfer of a node that is not known is not surely absent. */
    private Channel channel(NodeId node) {
        try {
            return channels.to(node);
        } catch (StorageException e) {
            throw e.code() == ErrorCode.NOT_FOUND
                    ? StorageException.unavailable("node " + node + " has no mover; start one there, and call again")
                    : e;
        }
    }

    /** Where there was no answer, says of whom. */
    private static StorageException of(NodeId node, StorageException known) {
        return known.code() == ErrorCode.TIMEOUT
                ? new StorageException(
                        ErrorCode.TIMEOUT,
                        "the mover of node " + node + " did not answer in time; the same call continues its work",
                        known)
                : known;
    }
}
