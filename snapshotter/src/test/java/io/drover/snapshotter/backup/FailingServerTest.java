package io.drover.snapshotter.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.drover.core.error.StorageException;
import io.drover.snapshotter.image.ReplicaAddress;
import io.drover.snapshotter.store.LocalSnapshot;
import io.drover.snapshotter.target.DirectoryTarget;
import io.drover.snapshotter.target.NfsMounts;
import io.drover.snapshotter.target.S3Timing;
import io.drover.snapshotter.target.TargetAddress;
import io.drover.snapshotter.target.TargetCredentials;
import io.drover.snapshotter.target.TargetFiles;
import io.drover.snapshotter.target.TargetOpener;
import io.drover.snapshotter.testing.Fault;
import io.drover.snapshotter.testing.FaultPlan;
import io.drover.snapshotter.testing.FaultProxy;
import io.drover.snapshotter.testing.SharedS3;
import io.drover.snapshotter.transfer.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole backups, restores and deletions against a server that fails at each request in turn: they succeed or say why not, the same call
 * succeeds once the server is well, and no earlier backup is ever harmed. What the server stores is checked in its files, past the server.
 */
@SuppressWarnings("NullAway.Init")
class FailingServerTest {
    private static final int BLOCK = 2 << 20;
    private static final int BLOCKS = 4;
    private static final List<Fault> FAULTS = List.of(
            Fault.FORBIDDEN,
            Fault.NOT_FOUND,
            Fault.INTERNAL_ERROR,
            Fault.SLOW_DOWN,
            new Fault.Silence(),
            new Fault.Truncate(),
            new Fault.Change(),
            new Fault.EmptyListing(),
            new Fault.Reset(),
            new Fault.ResetAfter());

    @TempDir
    private Path folder;

    private Trial trial;
    private FaultProxy proxy;
    private String bucket;
    private Path stored;
    private LocalSnapshot first;
    private LocalSnapshot second;
    private final List<String> wrong = new ArrayList<>();
    private int failures;

    @BeforeEach
    void begin() throws IOException {
        trial = new Trial(folder);
        trial.limits = new Limits(1, 1, 40L << 20, 0); // one request after the other, so that the index tells which one
        trial.images.create(Trial.VOLUME, (BLOCKS + 1L) * BLOCK);
        for (int i = 0; i < BLOCKS; i++) {
            trial.images.writeRandom(Trial.VOLUME, (long) i * BLOCK, 8 << 10, new Random(i));
        }
        first = trial.snapshot("s1");
        trial.backUp(first);
        trial.images.writeRandom(Trial.VOLUME, 0, 8 << 10, new Random(8));
        trial.images.trim(Trial.VOLUME, BLOCK, BLOCK);
        trial.images.writeRandom(Trial.VOLUME, (long) BLOCKS * BLOCK, 8 << 10, new Random(9));
        second = trial.snapshot("s2");

        bucket = SharedS3.newBucket();
        stored = SharedS3.server().bucket(bucket);
        proxy = FaultProxy.before(SharedS3.server().endpoint());
    }

    @AfterEach
    void end() throws IOException {
        proxy.close();
    }

    @Test
    void aBackupIsWholeOrFailsClearlyAndHarmsNoEarlierOne() {
        eachFaultAtEachRequest(
                () -> trial.backUp(second), () -> assertStored(first, second), () -> assertStored(first));
    }

    @Test
    void aDeletionRemovesNothingThatIsNeeded() {
        trial.backUp(second);
        eachFaultAtEachRequest(
                () -> trial.delete(second),
                () -> {
                    assertThat(trial.store().findBackup("pvc-1", "backup-s2")).isEmpty();
                    assertStored(first);
                },
                () -> assertStored(first));
    }

    @Test
    void aDeletionOfTheOlderOneLeavesTheNewerOneWhole() {
        trial.backUp(second);
        eachFaultAtEachRequest(
                () -> trial.delete(first),
                () -> {
                    assertThat(trial.store().findBackup("pvc-1", "backup-s1")).isEmpty();
                    assertStored(second);
                },
                () -> assertStored(second));
    }

    @Test
    void aRestoreNeverSucceedsWithWrongBytes() {
        trial.backUp(second);
        Deque<ReplicaAddress> into = new ArrayDeque<>();
        eachFaultAtEachRequest(
                () -> {
                    if (into.isEmpty()) {
                        into.add(trial.newVolume((BLOCKS + 1L) * BLOCK));
                    }
                    trial.restore(second, into.getFirst());
                },
                () -> {
                    trial.assertSame(second, into.getFirst());
                    assertThat(trial.images.isSealed(into.getFirst())).isTrue();
                    remove(into.removeFirst());
                },
                () -> assertThat(trial.images.isSealed(into.getFirst())).isFalse());
    }

    /**
     * Runs the work with each fault, once and from there on for good.
     *
     * @param afterSuccess what has to be true then, seen in the server's files
     * @param afterFailure what has to be true if it failed
     */
    private void eachFaultAtEachRequest(Runnable work, Runnable afterSuccess, Runnable afterFailure) {
        List<FaultPlan.Request> requests = requestsOf(work, afterSuccess);
        assertThat(requests).hasSizeGreaterThan(8);
        for (FaultPlan.Request request : requests) {
            List<Fault> faults = FAULTS.stream()
                    .filter(fault -> concerns(fault, request))
                    .filter(fault -> !(fault instanceof Fault.Silence) || request.index() % 5 == 0)
                    .toList();
            for (int i = 0; i < 3; i++) {
                // Neighbours meet different ones: all would take minutes.
                Fault fault = faults.get((request.index() * 3 + i) % faults.size());
                // Half of them without a second attempt, which would hide nearly everything.
                int attempts = (request.index() + i) % 2 == 0 ? 1 : 3;
                attempt(
                        fault + " once at " + request,
                        attempts,
                        seen -> seen.index() == request.index() && concerns(fault, seen)
                                ? Optional.of(fault)
                                : Optional.empty(),
                        work,
                        afterSuccess,
                        afterFailure);
                if ((request.index() + i) % 6 == 0 && !(fault instanceof Fault.Silence)) {
                    attempt(
                            fault + " from " + request,
                            2,
                            seen -> seen.index() >= request.index() && concerns(fault, seen)
                                    ? Optional.of(fault)
                                    : Optional.empty(),
                            work,
                            afterSuccess,
                            afterFailure);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(failures).isGreaterThan(requests.size());
    }

    private List<FaultPlan.Request> requestsOf(Runnable work, Runnable afterSuccess) {
        fillBucket();
        proxy.plan(FaultPlan.NONE);
        throughServer(1, work);
        List<FaultPlan.Request> requests = proxy.seen();
        lookingAtFiles(afterSuccess);
        return requests;
    }

    private void attempt(
            String what, int attempts, FaultPlan plan, Runnable work, Runnable afterSuccess, Runnable afterFailure) {
        try {
            fillBucket();
            proxy.plan(plan);
            Throwable failure = catchThrowable(() -> throughServer(attempts, work));
            proxy.plan(FaultPlan.NONE);
            if (failure != null) {
                failures++;
                assertThat(failure).isInstanceOf(StorageException.class);
                assertThat(failure.getMessage())
                        .matches(text -> text.contains("s3://" + bucket)
                                || text.contains("block")
                                || text.contains("volume pvc-1"));
                lookingAtFiles(afterFailure);
                throughServer(3, work);
            }
            lookingAtFiles(afterSuccess);
        } catch (AssertionError | RuntimeException e) {
            wrong.add(what + ", " + attempts + " attempts: " + e);
        }
    }

    /** Some faults are none for some requests. */
    private static boolean concerns(Fault fault, FaultPlan.Request request) {
        return switch (fault) {
            case Fault.EmptyListing _ -> request.isListing();
            case Fault.Truncate _, Fault.Change _ -> request.method().equals("GET");
            case Fault.Answer answer
            when answer.status() == 404 -> request.method().equals("HEAD");
            default -> true;
        };
    }

    private void throughServer(int attempts, Runnable work) {
        S3Timing timing = new S3Timing(
                attempts,
                attempts,
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                Duration.ofMillis(4),
                Duration.ofSeconds(2),
                Duration.ofMillis(200),
                Duration.ofSeconds(20),
                16);
        Map<String, String> secret = new HashMap<>(SharedS3.server().credentials());
        secret.put("AWS_ENDPOINTS", proxy.endpoint().toString());
        try (TargetOpener opener = new TargetOpener(
                        NfsMounts.NONE, Map.of(), timing, Clock.systemUTC(), _ -> {}, System::nanoTime);
                TargetFiles target = opener.open(
                        TargetAddress.parse(SharedS3.server().url(bucket, "")), TargetCredentials.of(secret))) {
            trial.files = new WatchedFiles(target);
            work.run();
        }
    }

    private void lookingAtFiles(Runnable check) {
        trial.files = new WatchedFiles(DirectoryTarget.open(stored, "file://" + stored, Clock.systemUTC()));
        check.run();
    }

    private void assertStored(LocalSnapshot... snapshots) {
        for (LocalSnapshot snapshot : snapshots) {
            ReplicaAddress into = trial.newVolume((BLOCKS + 1L) * BLOCK);
            trial.restore(snapshot, into);
            trial.assertSame(snapshot, into);
            remove(into);
        }
    }

    private void remove(ReplicaAddress volume) {
        try {
            Files.delete(trial.images.head(volume).path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The store as it was at the beginning, an hour old. */
    private void fillBucket() {
        try {
            List<Path> old = below(stored);
            for (Path path : old.reversed()) {
                Files.delete(path);
            }
            FileTime hourAgo = FileTime.from(Clock.systemUTC().instant().minusSeconds(3600));
            for (Path path : below(trial.storeFolder)) {
                Path copy = stored.resolve(trial.storeFolder.relativize(path));
                Files.copy(path, copy);
                if (Files.isRegularFile(copy)) {
                    Files.setLastModifiedTime(copy, hourAgo);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Folders before what is in them. */
    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> !path.equals(folder))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }
}
