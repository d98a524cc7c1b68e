package io.drover.demo;

import io.drover.sandbox.Journal;
import io.drover.sandbox.Manifest;
import io.drover.sandbox.Sandbox;
import io.drover.sandbox.TrialVolume;
import io.drover.snapshotter.trial.TrialS3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the steps of the demo hand on: who plays, and what happened so far. */
final class Scene {
    /** The file on the volume that is written while the snapshot is taken. */
    static final String JOURNAL = "journal";

    private final Sandbox sandbox;
    private final DemoOptions options;
    private final Narration narration;
    private @Nullable TrialVolume volume;
    private @Nullable TrialVolume copy;
    private @Nullable Manifest original;
    private @Nullable String firstSnapshot;
    private @Nullable TrialS3Server store;
    private long acknowledgedBefore;

    Scene(Sandbox sandbox, DemoOptions options, Narration narration) {
        this.sandbox = sandbox;
        this.options = options;
        this.narration = narration;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    DemoOptions options() {
        return options;
    }

    void remark(String line) {
        narration.remark(line);
    }

    /** The volume that the story is about. */
    TrialVolume volume() {
        return Objects.requireNonNull(volume);
    }

    void volumeIs(TrialVolume now) {
        volume = now;
    }

    /** Where the volume's files are while it is mounted. */
    Path files() {
        return sandbox.kubelet().target(volume().id());
    }

    /** The volume that was made from the first snapshot. */
    TrialVolume copy() {
        return Objects.requireNonNull(copy);
    }

    void copyIs(TrialVolume now) {
        copy = now;
    }

    /** The handle of the snapshot that was taken while writing. */
    String firstSnapshot() {
        return Objects.requireNonNull(firstSnapshot);
    }

    /** Remembers the first snapshot. */
    void snapshotIs(String handle, long acknowledgedBeforeIt) {
        firstSnapshot = handle;
        acknowledgedBefore = acknowledgedBeforeIt;
    }

    /** The S3 server that backups go to. */
    TrialS3Server store() {
        return Objects.requireNonNull(store);
    }

    void storeIs(TrialS3Server server) {
        store = server;
    }

    void originalIs(Manifest files) {
        original = files;
    }

    /**
     * Fails unless the directory has the content of the first snapshot: the files that were there, byte by byte, and the journal with
     * at least every record that had been acknowledged when the snapshot was asked for.
     *
     * @return what was found, in words
     */
    String checkOriginalContent(Path directory) throws IOException {
        Manifest wanted = Objects.requireNonNull(original);
        Manifest found = Manifest.of(directory).without(JOURNAL);
        CheckFailed.ifAny(found.differencesFrom(wanted), "the files are not those of the snapshot");
        Journal journal = Journal.read(directory.resolve(JOURNAL));
        CheckFailed.unless(
                journal.records() >= acknowledgedBefore,
                "the journal has " + journal.records() + " records, but " + acknowledgedBefore
                        + " were acknowledged before the snapshot");
        return wanted.files() + " files equal by SHA-256 (" + wanted.fingerprint() + "), journal has "
                + journal.records() + " records of " + acknowledgedBefore;
    }

    /** Where the pool keeps the volume. */
    Path volumeDirectory() throws IOException {
        return sandbox.pool().resolve("volumes").resolve(volume().id());
    }
}
