package io.drover.node.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.drover.core.error.ErrorCode;
import io.drover.core.fault.FaultPoints;
import io.drover.core.model.ByteRange;
import io.drover.core.model.ByteSize;
import io.drover.core.model.VolumeId;
import io.drover.node.device.BlockBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicasIT extends OnBothEngines {
    @Test
    void newReplicaIsZerosAndTakesNoSpace() {
        Replica replica = host.create("v");

        assertThat(replica.size()).isEqualTo(ReplicaHost.SIZE);
        assertThat(replica.allocatedBytes()).isZero();
        assertThat(replica.record()).isEqualTo("record of v");
        assertThat(replica.problem()).isEmpty();
        assertThat(host.read("v")).isEqualTo("\0".repeat(5));
        assertThat(host.replicas().list(Optional.empty()))
                .extracting(r -> r.id().volume().value())
                .containsExactly("v");
    }

    @Test
    void repeatedCreationIsTheSameAndAnotherOneIsRefused() {
        host.create("v");
        host.write("v", "first");
        host.create("v");
        assertThat(host.read("v")).isEqualTo("first");

        refused(
                ErrorCode.EXISTS_DIFFERENT,
                "16Mi",
                () -> host.replicas().create(new NewReplica(host.id("v"), ByteSize.ofMebi(32), Optional.empty(), "")));
        refused(ErrorCode.EXISTS_DIFFERENT, "copy of nothing", () -> {
            host.create("w");
            host.clone("v", "w", Optional.empty(), ReplicaHost.SIZE);
        });
    }

    @Test
    void snapshotKeepsWhatWasThere() {
        host.create("v");
        host.write("v", "first");
        ReplicaSnapshot snapshot = host.snapshot("v", "s");
        host.write("v", "later");

        assertThat(host.readSnapshot("v", "s")).isEqualTo("first");
        assertThat(host.snapshot("v", "s")).isEqualTo(snapshot);
        assertThat(host.freezes).containsExactly(1);
        host.restart(FaultPoints.NONE);
        assertThat(host.replicas().get(host.id("v")).snapshots())
                .extracting(ReplicaSnapshot::name, ReplicaSnapshot::record, ReplicaSnapshot::created)
                .containsExactly(tuple("s", "record of s", snapshot.created()));
    }

    @Test
    void imageIsFoundToBeReadAndToBeFilled() {
        host.create("v");
        host.write("v", "first");
        host.snapshot("v", "s");
        host.write("v", "later");

        ImageLocation snapshot = host.replicas().locate(host.id("v"), Optional.of("s"));
        ImageLocation head = host.replicas().locate(host.id("v"), Optional.empty());
        host.replicas().seal(host.id("v"));

        assertThat(host.read(snapshot.path(), 5)).isEqualTo("first");
        assertThat(host.read(head.path(), 5)).isEqualTo("later");
        assertThat(head.size()).isEqualTo(ReplicaHost.SIZE);
        refused(ErrorCode.NOT_FOUND, "v/t", () -> host.replicas().locate(host.id("v"), Optional.of("t")));
        refused(ErrorCode.NOT_FOUND, "w", () -> host.replicas().locate(host.id("w"), Optional.empty()));
        host.uses.put(new VolumeId("v"), new ReplicaUse(Optional.of("/dev/loop9"), List.of()));
        refused(ErrorCode.IN_USE, "/dev/loop9", () -> host.replicas().locate(host.id("v"), Optional.empty()));
    }

    @Test
    void sizeOfBlocksIsKeptWithTheVolume() {
        host.replicas()
                .create(new NewReplica(host.id("v"), ReplicaHost.SIZE, Optional.empty(), "", new BlockBytes(512)));
        host.create("w");
        host.restart(FaultPoints.NONE);

        assertThat(host.replicas().get(host.id("v")).blocks()).isEqualTo(new BlockBytes(512));
        assertThat(host.replicas().get(host.id("w")).blocks()).isEqualTo(BlockBytes.USUAL);
    }

    @Test
    void cloneOfSnapshotAndOfHeadMayBeLarger() {
        host.create("v");
        host.write("v", "first");
        host.snapshot("v", "s");
        host.write("v", "later");

        host.clone("c", "v", Optional.of("s"), ReplicaHost.SIZE);
        Replica larger = host.clone("d", "v", Optional.empty(), ByteSize.ofMebi(64));

        assertThat(host.read("c")).isEqualTo("first");
        assertThat(host.read("d")).isEqualTo("later");
        assertThat(larger.size()).isEqualTo(ByteSize.ofMebi(64));
        host.write("c", "other");
        assertThat(host.readSnapshot("v", "s")).isEqualTo("first");
        refused(ErrorCode.OUT_OF_RANGE, "has 16Mi", () -> host.clone("e", "v", Optional.of("s"), ByteSize.ofMebi(2)));
        refused(ErrorCode.NOT_FOUND, "x", () -> host.clone("e", "v", Optional.of("x"), ReplicaHost.SIZE));
        refused(ErrorCode.NOT_FOUND, "x", () -> host.clone("e", "x", Optional.empty(), ReplicaHost.SIZE));
        assertThat(host.remains()).isEmpty();
    }

    @Test
    void resizeGrowsAndNeverShrinks() {
        host.create("v");
        host.write("v", "first");

        assertThat(host.replicas().resize(host.id("v"), ByteSize.ofMebi(31))).isEqualTo(ByteSize.ofMebi(32));
        assertThat(host.replicas().resize(host.id("v"), ByteSize.ofMebi(2))).isEqualTo(ByteSize.ofMebi(32));
        assertThat(host.read("v")).isEqualTo("first");
        refused(ErrorCode.NOT_FOUND, "x", () -> host.replicas().resize(host.id("x"), ByteSize.ofMebi(2)));
    }

    @Test
    void deletionLeavesNothingAndMayBeRepeated() {
        host.create("v");
        host.snapshot("v", "s");
        host.replicas().delete(host.id("v"), true);
        host.replicas().delete(host.id("v"), true);
        host.replicas().deleteSnapshot(host.id("v"), "s");

        assertThat(host.tree()).containsExactly("");
        refused(ErrorCode.NOT_FOUND, "v", () -> host.replicas().get(host.id("v")));
    }

    @Test
    void snapshotsOutliveTheirHead() {
        host.create("v");
        host.write("v", "first");
        host.snapshot("v", "s");
        host.snapshot("v", "t");
        host.replicas().delete(host.id("v"), false);

        Replica rest = host.replicas().get(host.id("v"));
        assertThat(rest.size().bytes()).isZero();
        assertThat(rest.snapshots()).hasSize(2);
        refused(ErrorCode.EXISTS_DIFFERENT, "snapshots of a deleted volume", () -> host.create("v"));
        host.clone("c", "v", Optional.of("s"), ReplicaHost.SIZE);
        assertThat(host.read("c")).isEqualTo("first");
        host.replicas().record(host.id("v"), "retained");
        assertThat(host.replicas().get(host.id("v")).record()).isEqualTo("retained");
        host.replicas().deleteSnapshot(host.id("v"), "s");
        host.replicas().deleteSnapshot(host.id("v"), "t");
        refused(ErrorCode.NOT_FOUND, "v", () -> host.replicas().get(host.id("v")));
    }

    @Test
    void volumeInUseIsNeitherDeletedNorReverted() {
        host.create("v");
        host.snapshot("v", "s");
        host.uses.put(
                new VolumeId("v"),
                new ReplicaUse(Optional.of("/dev/loop9"), List.of(new ReplicaUse.User("/mnt", "default/web"))));

        refused(ErrorCode.IN_USE, "default/web", () -> host.replicas().delete(host.id("v"), true));
        refused(ErrorCode.IN_USE, "/dev/loop9", () -> host.replicas().revert("s", host.member("v", "safe")));
        assertThat(host.replicas().get(host.id("v")).use().device()).contains("/dev/loop9");
    }

    @Test
    void revertBringsTheSnapshotBackAndKeepsTheOldHead() {
        host.create("v");
        host.write("v", "first");
        host.snapshot("v", "s");
        host.write("v", "later");
        host.replicas().resize(host.id("v"), ByteSize.ofMebi(32));

        RevertOutcome outcome = host.replicas().revert("s", host.member("v", "safe"));

        assertThat(outcome.size()).isEqualTo(ByteSize.ofMebi(32));
        assertThat(host.read("v")).isEqualTo("first");
        assertThat(host.readSnapshot("v", "safe")).isEqualTo("later");
        // Somebody writes; then the call comes again.
        host.write("v", "third");
        assertThat(host.replicas().revert("s", host.member("v", "safe"))).isEqualTo(outcome);
        assertThat(host.read("v")).isEqualTo("third");
        // Back to what was before, by another revert; and a clone of a reverted volume can be reverted by the same
        // names.
        host.replicas().revert("safe", host.member("v", "safe2"));
        assertThat(host.read("v")).isEqualTo("later");
        host.clone("c", "v", Optional.empty(), ByteSize.ofMebi(32));
        host.snapshot("c", "s");
        host.write("c", "cloud");
        host.replicas().revert("s", host.member("c", "safe2"));
        assertThat(host.read("c")).isEqualTo("later");
    }

    @Test
    void revertRefusesASafetyNameThatHoldsSomethingElse() {
        host.create("v");
        host.write("v", "first");
        host.snapshot("v", "s");
        host.snapshot("v", "t");
        host.write("v", "later");

        refused(
                ErrorCode.EXISTS_DIFFERENT,
                "another name",
                () -> host.replicas().revert("s", host.member("v", "t")));
        refused(ErrorCode.INVALID, "safety", () -> host.replicas().revert("s", host.member("v", "s")));
        refused(ErrorCode.NOT_FOUND, "x", () -> host.replicas().revert("x", host.member("v", "u")));
        assertThat(host.read("v")).isEqualTo("later");
    }

    @Test
    void groupIsTakenUnderOneFreezeAndRepeated() {
        host.create("v");
        host.create("w");
        List<SnapshotMember> group = List.of(host.member("w", "g"), host.member("v", "g"));

        List<ReplicaSnapshot> taken = host.replicas().createSnapshots(group);

        assertThat(host.freezes).containsExactly(2);
        assertThat(taken)
                .extracting(ReplicaSnapshot::created)
                .containsOnly(taken.getFirst().created());
        assertThat(host.replicas().createSnapshots(group)).isEqualTo(taken);
        host.snapshot("v", "h");
        refused(
                ErrorCode.EXISTS_DIFFERENT,
                "another moment",
                () -> host.replicas().createSnapshots(List.of(host.member("v", "h"), host.member("w", "h"))));
        refused(
                ErrorCode.INVALID,
                "twice",
                () -> host.replicas().createSnapshots(List.of(host.member("v", "x"), host.member("v", "y"))));
        refused(
                ErrorCode.NOT_FOUND,
                "x",
                () -> host.replicas().createSnapshots(List.of(host.member("v", "x"), host.member("x", "x"))));
        assertThat(host.replicas().get(host.id("v")).snapshots()).hasSize(2);
    }

    @Test
    void groupThatWasNotHeldStillIsNotTaken() {
        host.create("v");
        host.create("w");
        host.freezeHolds = false;

        refused(
                ErrorCode.TIMEOUT,
                "deadline",
                () -> host.replicas().createSnapshots(List.of(host.member("v", "g"), host.member("w", "g"))));
        assertThat(host.remains()).isEmpty();
        assertThat(host.snapshot("v", "alone").name()).isEqualTo("alone");
    }

    @Test
    void extentsTellWhatIsThereAndWhatChanged() {
        host.create("v");
        host.write("v", "first");
        host.snapshot("v", "s");
        host.write("v", "later");
        host.snapshot("v", "t");

        List<ByteRange> allocated = host.replicas().extents(host.id("v"), "s", Optional.empty());
        assertThat(allocated).hasSize(2);
        assertThat(allocated.getFirst().offset()).isZero();
        assertThat(allocated.getLast().end()).isEqualTo(ReplicaHost.SIZE.bytes());
        assertThat(host.replicas().extents(host.id("v"), "t", Optional.of("s"))).hasSize(2);
        assertThat(host.replicas().extents(host.id("v"), "t", Optional.of("t"))).isEmpty();
        refused(ErrorCode.NOT_FOUND, "x", () -> host.replicas().extents(host.id("v"), "x", Optional.empty()));
        refused(ErrorCode.INVALID, "..", () -> host.replicas().extents(host.id("v"), "..", Optional.empty()));
    }

    @Test
    void damagedRecordIsTheProblemOfThatReplicaAlone() throws IOException {
        host.create("v");
        host.create("w");
        Files.writeString(host.root().resolve("volumes/v/volume.json"), "{");
        host.restart(FaultPoints.NONE);

        List<Replica> all = host.replicas().list(Optional.empty());
        assertThat(all.get(0).problem()).contains("volumes/v/volume.json");
        assertThat(all.get(1).problem()).isEmpty();
        host.replicas().delete(host.id("v"), true);
    }

    @Test
    void filesBesideTheImageGoWithIt() throws IOException {
        host.create("v");
        Files.writeString(host.image("v").resolveSibling("formatting"), "1 ext4");
        host.snapshot("v", "s");
        host.replicas().revert("s", host.member("v", "safe"));
        Files.writeString(host.image("v").resolveSibling(".formatting.tmp"), "");
        host.replicas().delete(host.id("v"), false);
        assertThat(host.remains()).isEmpty();
        host.replicas().delete(host.id("v"), true);

        assertThat(host.tree()).containsExactly("");
    }

    @Test
    void snapshotsNamedLikeOurFilesDoNotMeetThem() {
        host.create("head");
        for (String name : List.of("home", "snapshot.json", "image", "x", "x.json", "head")) {
            host.snapshot("head", name);
        }

        assertThat(host.replicas().get(host.id("head")).snapshots()).hasSize(6);
    }
}
