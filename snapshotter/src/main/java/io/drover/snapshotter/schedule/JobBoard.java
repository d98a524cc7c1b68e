package io.drover.snapshotter.schedule;

import io.drover.core.error.StorageException;
import io.drover.core.model.JobPlan;
import io.drover.core.model.JobRun;
import io.drover.core.model.VolumeId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the scheduler knows and does, all of it. Every call that changes something can be repeated: the same call again finishes what an
 * interrupted one began. All methods block, within a deadline.
 *
 * <p>Errors are {@link StorageException}s. UNAVAILABLE, TIMEOUT, BUSY and NOT_READY mean that the same call may work later; a listing that
 * fails is an error, never empty.
 */
public interface JobBoard {
    /** Everything there is, read fresh. */
    Agenda agenda();

    /**
     * Counts the times of a job from here on by this plan; without one, no more. Durable when it returns. Does nothing if the history says
     * so already.
     */
    void track(JobKey key, Optional<JobPlan> plan, Instant from);

    /**
     * Writes down that a run begins. Durable when it returns.
     *
     * @param scheduled its time; all times of the plan up to it are done with from now on
     * @param manual whether it answers a request
     * @return the run, with the name of what it is to make
     * @throws StorageException EXISTS_DIFFERENT if this time is done with already, the plan is another, or nobody asked for a run; BUSY if
     *     one is under way; NOT_FOUND without the volume
     */
    JobRun begin(JobKey key, JobPlan plan, Instant scheduled, boolean manual);

    /** Writes down how a run ended. Does nothing if it is not under way. */
    void finish(JobKey key, JobRun run, JobRun.End end);

    /**
     * Takes the snapshot, or finishes an earlier attempt; one that exists is success.
     *
     * @param labels of the job, besides the one that names it
     */
    void takeSnapshot(JobKey key, String snapshot, Map<String, String> labels);

    /** Whether two snapshots surely have the same content. What is not known is different. */
    boolean isSame(VolumeId volume, String snapshot, String base);

    /**
     * Uploads the snapshot as a backup of its name, or goes on with that; answers soon.
     *
     * @param begin begin it, or try one that has failed again; else only tell how it stands, and go on
     * @throws StorageException as long as there is no record of the backup: without the target, for example
     */
    Upload backUp(JobKey key, String snapshot, Map<String, String> labels, boolean begin);

    /** The snapshots that carry the label of the job and were made by it, in whatever state. */
    List<JobResult> snapshots(JobKey key);

    /** The backups that carry the label of the job and were made by it, in whatever state. */
    List<JobResult> backups(JobKey key);

    /**
     * Deletes a snapshot that the job made. Absent is success.
     *
     * @throws StorageException IN_USE if it was not made by the job, or something needs it
     */
    void deleteSnapshot(JobKey key, String snapshot);

    /**
     * Deletes a backup that the job made. Absent is success.
     *
     * @throws StorageException IN_USE if it was not made by the job; NOT_READY while that is under way: the same call continues
     */
    void deleteBackup(JobKey key, String backup);

    /** Deletes the snapshots that Drover took for itself and that nothing needs any more. Returns how many. */
    int cleanUp(VolumeId volume);

    /** Gives the free space of the volume's mounted file system back. */
    Trimmed trim(VolumeId volume);
}
