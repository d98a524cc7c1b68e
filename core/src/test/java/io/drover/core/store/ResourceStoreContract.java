package io.drover.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.ByteSize;
import io.drover.core.model.SettingsRecord;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotGroup;
import io.drover.core.model.Volume;
import io.drover.core.resources.RandomRecords;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link ResourceStore} does. */
public abstract class ResourceStoreContract {
    /** A setting that exists: a real API server refuses others. */
    private static final String COUNTED = "maximum-retention";

    private final RandomRecords random = new RandomRecords(7);

    /** The store under test, empty at the beginning of each test. */
    protected abstract ResourceStore store();

    @Test
    void whatWasCreatedIsFound() {
        Volume volume = random.volume("pvc-1");

        Stored<Volume> created = store().create(volume);

        assertThat(created.value()).isEqualTo(volume);
        assertThat(store().find(Volume.class, "pvc-1")).contains(created);
        assertThat(store().find(Volume.class, "pvc-2")).isEmpty();
    }

    @Test
    void aSecondOfTheSameKindAndNameIsRefused() {
        Stored<Volume> first = store().create(random.volume("pvc-1"));

        refuses(ErrorCode.EXISTS_DIFFERENT, () -> store().create(random.volume("pvc-1")));
        assertThat(store().find(Volume.class, "pvc-1")).contains(first);
    }

    @Test
    void kindsDoNotMeet() {
        Snapshot snapshot = random.snapshot();
        store().create(snapshot);
        store().create(random.volume("settings"));
        store().create(new SettingsRecord(Map.of(COUNTED, "1")));

        assertThat(store().list(Volume.class)).hasSize(1);
        assertThat(store().find(Snapshot.class, snapshot.key())).isPresent();
        assertThat(store().find(SettingsRecord.class, "settings")).isPresent();
        assertThat(store().list(SnapshotGroup.class)).isEmpty();
    }

    @Test
    void theListIsInTheOrderOfKeys() {
        List.of("b", "a", "B", "c", "a-1").forEach(name -> store().create(random.volume(name)));

        assertThat(store().list(Volume.class))
                .extracting(stored -> stored.value().key())
                .containsExactly("B", "a", "a-1", "b", "c");
    }

    @Test
    void anUpdateIsSeenAndHasANewVersion() {
        Stored<Volume> read = store().create(random.volume("pvc-1"));
        Volume next = read.value().withSize(ByteSize.ofGibi(5));

        Stored<Volume> written = store().update(read, next);

        assertThat(written.version()).isGreaterThan(read.version());
        assertThat(store().find(Volume.class, "pvc-1")).contains(written);
        assertThat(written.value()).isEqualTo(next);
    }

    @Test
    void anUpdateOfSomethingOutdatedIsRefused() {
        Stored<Volume> read = store().create(random.volume("pvc-1"));
        Stored<Volume> other = store().update(read, read.value().withSize(ByteSize.ofGibi(5)));

        refuses(ErrorCode.BUSY, () -> store().update(read, read.value().withSize(ByteSize.ofGibi(6))));
        assertThat(store().find(Volume.class, "pvc-1")).contains(other);
    }

    @Test
    void anUpdateOfSomethingGoneIsRefused() {
        Stored<Volume> read = store().create(random.volume("pvc-1"));
        store().delete(Volume.class, "pvc-1");

        refuses(ErrorCode.NOT_FOUND, () -> store().update(read, read.value().withSize(ByteSize.ofGibi(6))));
        assertThat(store().find(Volume.class, "pvc-1")).isEmpty();
    }

    @Test
    void aRecordMadeAnewIsNotTakenForTheOldOne() {
        Stored<Volume> old = store().create(random.volume("pvc-1"));
        store().delete(Volume.class, "pvc-1");
        store().create(random.volume("pvc-1"));

        refuses(ErrorCode.BUSY, () -> store().update(old, old.value().withSize(ByteSize.ofGibi(6))));
    }

    @Test
    void deletingTwiceIsDeletingOnce() {
        store().create(random.volume("pvc-1"));

        store().delete(Volume.class, "pvc-1");
        store().delete(Volume.class, "pvc-1");

        assertThat(store().find(Volume.class, "pvc-1")).isEmpty();
        assertThat(store().list(Volume.class)).isEmpty();
    }

    @Test
    void aChangeThatChangesNothingWritesNothing() {
        Stored<Volume> read = store().create(random.volume("pvc-1"));

        assertThat(store().change(Volume.class, "pvc-1", volume -> volume)).isEqualTo(read);
    }

    @Test
    void changingSomethingAbsentIsRefused() {
        refuses(ErrorCode.NOT_FOUND, () -> store().change(Volume.class, "pvc-1", volume -> volume));
    }

    @Test
    void changesOfManyWritersAreAllThere() throws InterruptedException, ExecutionException {
        store().create(new SettingsRecord(Map.of(COUNTED, "100")));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> writers = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> {
                        for (int j = 0; j < 25; j++) {
                            store().change(SettingsRecord.class, SettingsRecord.KEY, ResourceStoreContract::plusOne);
                        }
                    }))
                    .toList();
            for (Future<?> writer : writers) {
                writer.get();
            }
        }

        assertThat(store().find(SettingsRecord.class, SettingsRecord.KEY)
                        .orElseThrow()
                        .value()
                        .values())
                .containsEntry(COUNTED, "300");
    }

    @Test
    void onlyOneOfManyCreatorsSucceeds() throws InterruptedException, ExecutionException {
        Volume volume = random.volume("pvc-1");
        int created = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> creators = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> creates(volume)))
                    .toList();
            for (Future<Boolean> creator : creators) {
                created += creator.get() ? 1 : 0;
            }
        }

        assertThat(created).isEqualTo(1);
    }

    private boolean creates(Volume volume) {
        try {
            store().create(volume);
            return true;
        } catch (StorageException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.EXISTS_DIFFERENT);
            return false;
        }
    }

    private static SettingsRecord plusOne(SettingsRecord record) {
        int n = Integer.parseInt(record.values().getOrDefault(COUNTED, "0"));
        return new SettingsRecord(Map.of(COUNTED, String.valueOf(n + 1)));
    }

    private static void refuses(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
