package io.drover.e2e.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.csi.v1.CreateVolumeGroupSnapshotRequest;
import io.drover.csi.v1.Snapshot;
import io.drover.csi.v1.Volume;
import io.drover.csi.v1.VolumeGroupSnapshot;
import io.drover.e2e.fixture.Attached;
import io.drover.e2e.fixture.Capabilities;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.PoolLayout;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The members of a group are cut at one point in time: what was written to one after another appears in that order. */
@Tag("root")
class GroupConsistencyIT {
    private static final long GIBI = 1L << 30;
    private static final long SIZE = 64L << 20;
    private static final int MEMBERS = 3;
    private static final int ROUNDS = 20;
    private static final String COUNTER = "counter";

    @ParameterizedTest
    @EnumSource(PoolEngine.class)
    void aCounterWrittenToAllMembersInTurnDiffersByAtMostOne(PoolEngine engine) throws InterruptedException {
        Host.needs(engine);
        try (Workspace workspace = Workspace.create();
                Pool pool = Pool.create(workspace.root(), engine, 4 * GIBI);
                StandaloneProcess drover = StandaloneProcess.on(workspace, pool)) {
            // Given
            List<Attached> members = new ArrayList<>();
            for (int i = 0; i < MEMBERS; i++) {
                Volume volume = drover.csi().createVolume("member-" + i, SIZE, Capabilities.mount("ext4"));
                members.add(Attached.up(drover.csi(), workspace, volume, Capabilities.mount("ext4")));
            }
            Thread writer = Thread.ofPlatform().start(() -> countInTurn(members));
            List<String> problems = new ArrayList<>();
            List<Long> seen = new ArrayList<>();

            // When
            for (int round = 0; round < ROUNDS; round++) {
                Workload.pause(50);
                VolumeGroupSnapshot group = snapshot(drover, "group-" + round, members);
                List<Long> counters = counters(workspace, pool, group, members, problems);
                seen.add(counters.getFirst());
                if (!isOnePointInTime(counters)) {
                    problems.add("group " + round + " holds " + counters);
                }
            }
            writer.interrupt();
            writer.join();

            // Then
            System.out.printf("%d group snapshots on %s: counters %s%n", ROUNDS, engine, seen);
            assertThat(problems).isEmpty();
            assertThat(seen).doesNotHaveDuplicates();
            members.forEach(member -> member.down(drover.csi()));
        }
    }

    /** The first member is written first: it may be one ahead, from some member on, and never behind. */
    private static boolean isOnePointInTime(List<Long> counters) {
        for (int i = 1; i < counters.size(); i++) {
            if (counters.get(i) > counters.get(i - 1)) {
                return false;
            }
        }
        return counters.getFirst() - counters.getLast() <= 1;
    }

    private static void countInTurn(List<Attached> members) {
        List<FileChannel> files = new ArrayList<>();
        try {
            for (Attached member : members) {
                // Not interruptible I/O by accident: the flag is looked at between rounds only.
                files.add(FileChannel.open(
                        member.target().resolve(COUNTER), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            }
            for (long count = 1; !Thread.currentThread().isInterrupted(); count++) {
                for (FileChannel file : files) {
                    var unused = file.write(ByteBuffer.wrap(Workload.record(count)), 0);
                }
            }
        } catch (java.nio.channels.ClosedByInterruptException e) {
            return; // told to stop in the middle of a write
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            files.forEach(GroupConsistencyIT::closeQuietly);
        }
    }

    private static void closeQuietly(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static VolumeGroupSnapshot snapshot(StandaloneProcess drover, String name, List<Attached> members) {
        return drover.csi()
                .groups()
                .createVolumeGroupSnapshot(CreateVolumeGroupSnapshotRequest.newBuilder()
                        .setName(name)
                        .addAllSourceVolumeIds(
                                members.stream().map(Attached::volumeId).toList())
                        .build())
                .getGroupSnapshot();
    }

    /** In the order of the members. */
    private static List<Long> counters(
            Workspace workspace, Pool pool, VolumeGroupSnapshot group, List<Attached> members, List<String> problems) {
        List<Long> counters = new ArrayList<>();
        for (Attached member : members) {
            Snapshot snapshot = group.getSnapshotsList().stream()
                    .filter(candidate -> candidate.getSourceVolumeId().equals(member.volumeId()))
                    .findFirst()
                    .orElseThrow();
            Path image = PoolLayout.snapshotImage(pool, snapshot);
            problems.addAll(FileSystemCheck.onClone(workspace, pool, image, directory -> {
                counters.add(Long.parseLong(
                        Files.readString(directory.resolve(COUNTER)).strip()));
                return List.of();
            }));
        }
        return counters;
    }
}
