package io.drover.controller.fake;

import io.drover.controller.host.ReplicaAddress;
import io.drover.controller.mover.BackupOrder;
import io.drover.controller.mover.Movers;
import io.drover.controller.mover.RestoreOrder;
import io.drover.controller.mover.StoredBackup;
import io.drover.controller.mover.StoredVolume;
import io.drover.controller.mover.TargetAccess;
import io.drover.controller.mover.TargetTest;
import io.drover.controller.mover.Transfer;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupSettings;
import io.drover.core.model.ByteSize;
import io.drover.core.model.NodeId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Movers and stores in memory, with the behaviour that {@code mover.proto} asks of a mover. Work is done at once, unless transfers are
 * held: then it is done when they are released.
 */
public final class FakeMovers implements Movers {
    private static final ByteSize BLOCK = ByteSize.STEP;

    private record Content(StoredBackup backup, Map<Long, String> blocks) {}

    private record Work(Transfer transfer, Runnable effect) {}

    private final Clock clock;
    private final FakeHosts hosts;
    private final List<NodeId> nodes = new ArrayList<>();
    private final Map<String, Map<String, Content>> stores = new TreeMap<>();
    private final Map<String, Work> transfers = new LinkedHashMap<>();
    private final Map<String, RuntimeException> failures = new TreeMap<>();
    private final Map<Transfer.Kind, StorageException> endings = new TreeMap<>();
    private final Set<String> silent = new TreeSet<>();
    private final List<BackupOrder> backups = new ArrayList<>();
    private final List<RestoreOrder> restores = new ArrayList<>();
    private List<String> remembered = List.of();
    private boolean held;

    public FakeMovers(Clock clock, FakeHosts hosts) {
        this.clock = clock;
        this.hosts = hosts;
    }

    public FakeMovers node(String node) {
        nodes.add(new NodeId(node));
        return this;
    }

    /** The next call of this method fails. */
    public synchronized void failNext(String method, ErrorCode code) {
        failures.put(method, new StorageException(code, "injected failure of " + method));
    }

    /** The next transfer of this kind ends so. */
    public synchronized void endNext(Transfer.Kind kind, ErrorCode code) {
        endings.put(kind, new StorageException(code, "injected end of a " + kind));
    }

    /** Transfers that are started from now on stay under way. */
    public synchronized void hold() {
        held = true;
    }

    /** Lets all go on. */
    public synchronized void release() {
        held = false;
        List.copyOf(transfers.keySet()).forEach(this::finish);
    }

    /** The store of this URL does not answer. */
    public synchronized void silence(String url) {
        silent.add(plain(url));
    }

    public synchronized void answer(String url) {
        silent.remove(plain(url));
    }

    /** A new process, which remembers nothing. What was under way has not happened. */
    public synchronized void restart() {
        transfers.clear();
    }

    /** Everything that was ordered, in order; its credentials are as they were given. */
    public synchronized List<BackupOrder> backupOrders() {
        return List.copyOf(backups);
    }

    public synchronized List<RestoreOrder> restoreOrders() {
        return List.copyOf(restores);
    }

    /** Takes a backup out of a store, past the movers. */
    public synchronized void lose(String url, BackupId backup) {
        store(url).remove(backup.toString());
    }

    /** What the latest deletion was told to expect in the store. */
    public synchronized List<String> remembered() {
        return remembered;
    }

    /** What a store has: {@code volume/backup}. */
    public synchronized Set<String> stored(String url) {
        return new TreeSet<>(store(url).keySet());
    }

    /** Puts a backup into a store that somebody else made, of one block of data. */
    public synchronized void putForeign(String url, String volume, String name, ByteSize size, String data) {
        StoredBackup backup = new StoredBackup(
                volume,
                name,
                "snap-of-" + name,
                Optional.of(clock.instant()),
                Optional.of(clock.instant()),
                BLOCK.bytes(),
                size,
                Map.of(),
                false,
                "lz4",
                BLOCK.bytes(),
                1,
                0,
                url + "?backup=" + name + "&volume=" + volume,
                "");
        store(url).put(volume + "/" + name, new Content(backup, Map.of(0L, data)));
    }

    /** Says of a stored backup that it is damaged, or with nothing that it is in progress. */
    public synchronized void damage(String url, String volume, String name, String problem) {
        store(url).computeIfPresent(volume + "/" + name, (_, old) -> {
            StoredBackup is = old.backup();
            return new Content(
                    new StoredBackup(
                            is.volume(),
                            is.name(),
                            is.snapshot(),
                            is.snapshotCreated(),
                            problem.isEmpty() ? Optional.empty() : is.completed(),
                            is.storedBytes(),
                            is.volumeSize(),
                            is.labels(),
                            is.incremental(),
                            is.compression(),
                            is.blockBytes(),
                            is.newlyUploadedBytes(),
                            is.reUploadedBytes(),
                            is.url(),
                            problem),
                    old.blocks());
        });
    }

    @Override
    public List<NodeId> nodes() {
        return List.copyOf(nodes);
    }

    @Override
    public synchronized Transfer startBackup(NodeId node, BackupOrder order) {
        before("startBackup", node, Optional.of(order.target()));
        backups.add(order);
        BackupId id = order.backup();
        Content there = store(order.target().url()).get(id.toString());
        if (there != null && !there.backup().snapshot().equals(order.snapshot().name())) {
            throw StorageException.existsDifferent("the store has a backup " + id + " of snapshot "
                    + there.backup().snapshot());
        }
        ReplicaAddress replica = new ReplicaAddress(id.volume(), node, order.disk());
        Map<Long, String> blocks =
                hosts.snapshotContent(replica, order.snapshot().name());
        StoredBackup result = new StoredBackup(
                id.volume().value(),
                id.name(),
                order.snapshot().name(),
                Optional.of(order.snapshot().created()),
                Optional.of(clock.instant()),
                blocks.size() * BLOCK.bytes(),
                order.size(),
                order.labels(),
                order.local().size() > 1,
                order.settings().compression().text(),
                order.settings().blockSize().bytes(),
                blocks.size(),
                0,
                order.target().url() + "?backup=" + id.name() + "&volume=" + id.volume(),
                "");
        return start(
                node,
                Transfer.Kind.BACKUP,
                id,
                "",
                Optional.of(result),
                () -> store(order.target().url()).put(id.toString(), new Content(result, blocks)));
    }

    @Override
    public synchronized Transfer startRestore(NodeId node, RestoreOrder order) {
        before("startRestore", node, Optional.of(order.target()));
        restores.add(order);
        Content content = existing(order.target(), order.backup());
        ReplicaAddress replica = new ReplicaAddress(order.into(), node, order.disk());
        return start(
                node,
                Transfer.Kind.RESTORE,
                order.backup(),
                order.into().value(),
                Optional.empty(),
                () -> hosts.fill(replica, content.blocks()));
    }

    @Override
    public synchronized Transfer startDeletion(NodeId node, TargetAccess target, BackupId backup, List<String> names) {
        before("startDeletion", node, Optional.of(target));
        remembered = List.copyOf(names);
        return start(
                node,
                Transfer.Kind.DELETION,
                backup,
                "",
                Optional.empty(),
                () -> store(target.url()).remove(backup.toString()));
    }

    @Override
    public synchronized Transfer startVerification(
            NodeId node, TargetAccess target, BackupId backup, int samplePercent, BackupSettings settings) {
        before("startVerification", node, Optional.of(target));
        return start(node, Transfer.Kind.VERIFICATION, backup, "", Optional.empty(), () -> {});
    }

    @Override
    public synchronized Transfer transfer(NodeId node, String id, Duration wait) {
        before("transfer", node, Optional.empty());
        Work work = transfers.get(id);
        if (work == null) {
            throw StorageException.notFound("transfer", id);
        }
        return work.transfer();
    }

    @Override
    public synchronized List<Transfer> transfers(NodeId node) {
        before("transfers", node, Optional.empty());
        return transfers.values().stream()
                .map(Work::transfer)
                .filter(transfer -> transfer.node().equals(node))
                .toList();
    }

    @Override
    public synchronized void cancel(NodeId node, String id) {
        before("cancel", node, Optional.empty());
        transfers.computeIfPresent(
                id,
                (_, work) -> work.transfer().state().isEnded()
                        ? work
                        : new Work(
                                with(work.transfer(), Transfer.State.CANCELLED, Optional.empty(), "cancelled"),
                                () -> {}));
    }

    @Override
    public synchronized List<StoredVolume> volumes(NodeId node, TargetAccess target) {
        before("volumes", node, Optional.of(target));
        return store(target.url()).values().stream()
                .map(content -> content.backup().volume())
                .distinct()
                .map(name -> new StoredVolume(name, new ByteSize(0), "", Optional.empty(), Optional.empty(), 0, ""))
                .toList();
    }

    @Override
    public synchronized List<StoredBackup> backups(NodeId node, TargetAccess target, String volume) {
        before("backups", node, Optional.of(target));
        if (store(target.url()).keySet().stream().noneMatch(name -> name.startsWith(volume + "/"))) {
            throw StorageException.notFound("volume", volume + " in " + target.url());
        }
        return store(target.url()).values().stream()
                .map(Content::backup)
                .filter(backup -> backup.volume().equals(volume))
                .toList();
    }

    @Override
    public synchronized StoredBackup backup(NodeId node, TargetAccess target, BackupId backup) {
        before("backup", node, Optional.of(target));
        return existing(target, backup).backup();
    }

    @Override
    public synchronized TargetTest test(NodeId node, TargetAccess target) {
        before("test", node, Optional.of(target));
        return new TargetTest(List.of(new TargetTest.Step("write", "", Duration.ofMillis(1))), List.of());
    }

    private boolean isBeingUploaded(BackupId backup) {
        Work upload = transfers.get(Transfer.Kind.BACKUP + ":" + backup + ":");
        return upload != null && !upload.transfer().state().isEnded();
    }

    private Transfer start(
            NodeId node,
            Transfer.Kind kind,
            BackupId backup,
            String into,
            Optional<StoredBackup> result,
            Runnable effect) {
        String id = kind + ":" + backup + ":" + into;
        Work known = transfers.get(id);
        if (known != null && !known.transfer().state().isEnded()) {
            return known.transfer();
        }
        Instant now = clock.instant();
        Transfer begun = new Transfer(
                node,
                id,
                kind,
                Transfer.State.RUNNING,
                backup.volume().value(),
                backup.name(),
                into,
                new Transfer.Progress(100, 40, 10, 40, 1),
                Optional.of(now),
                Optional.empty(),
                Optional.empty(),
                "uploading",
                result,
                List.of(),
                0);
        transfers.put(id, new Work(begun, effect));
        if (!held || kind == Transfer.Kind.DELETION && !isBeingUploaded(backup)) { // it ends soon, as in earnest
            finish(id);
        }
        return Objects.requireNonNull(transfers.get(id)).transfer();
    }

    private void finish(String id) {
        Work work = Objects.requireNonNull(transfers.get(id));
        if (work.transfer().state().isEnded()) {
            return;
        }
        StorageException failure = endings.remove(work.transfer().kind());
        if (failure == null) {
            work.effect().run();
        }
        transfers.put(
                id,
                new Work(
                        failure == null
                                ? with(work.transfer(), Transfer.State.DONE, Optional.empty(), "")
                                : with(
                                        work.transfer(),
                                        Transfer.State.FAILED,
                                        Optional.of(failure.code()),
                                        String.valueOf(failure.getMessage())),
                        () -> {}));
    }

    private Transfer with(Transfer is, Transfer.State state, Optional<ErrorCode> failure, String message) {
        return new Transfer(
                is.node(),
                is.id(),
                is.kind(),
                state,
                is.volume(),
                is.backup(),
                is.intoVolume(),
                is.progress(),
                is.started(),
                Optional.of(clock.instant()),
                failure,
                message,
                state == Transfer.State.DONE ? is.result() : Optional.empty(),
                is.badBlocks(),
                is.badBlockCount());
    }

    private void before(String method, NodeId node, Optional<TargetAccess> target) {
        RuntimeException failure = failures.remove(method);
        if (failure != null) {
            throw failure;
        }
        if (!nodes.contains(node)) {
            throw StorageException.unavailable("node " + node + " has no mover");
        }
        target.filter(access -> silent.contains(plain(access.url()))).ifPresent(access -> {
            throw StorageException.unavailable("the store " + access.url() + " does not answer");
        });
    }

    private Map<String, Content> store(String url) {
        return stores.computeIfAbsent(plain(url), _ -> new TreeMap<>());
    }

    private Content existing(TargetAccess target, BackupId backup) {
        Content content = store(target.url()).get(backup.toString());
        if (content == null) {
            throw StorageException.notFound("backup", backup + " in " + target.url());
        }
        return content;
    }

    private static String plain(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
