package io.drover.controller.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.controller.fake.Wire;
import io.drover.controller.fake.World;
import io.drover.controller.host.ReplicaUser;
import io.drover.proto.operations.v1.CreateSnapshotRequest;
import io.drover.proto.operations.v1.CreateVolumeRequest;
import io.drover.proto.operations.v1.DeleteSnapshotRequest;
import io.drover.proto.operations.v1.DeleteVolumeRequest;
import io.drover.proto.operations.v1.ExpandVolumeRequest;
import io.drover.proto.operations.v1.GetStatusRequest;
import io.drover.proto.operations.v1.GetVolumeRequest;
import io.drover.proto.operations.v1.ListDisksRequest;
import io.drover.proto.operations.v1.ListSettingsRequest;
import io.drover.proto.operations.v1.ListSnapshotsRequest;
import io.drover.proto.operations.v1.ListVolumesRequest;
import io.drover.proto.operations.v1.ModifyVolumeRequest;
import io.drover.proto.operations.v1.RevertVolumeRequest;
import io.drover.proto.operations.v1.SetSettingRequest;
import io.drover.proto.operations.v1.SnapshotSummary;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperationsServiceTest {
    private final Wire wire = new Wire();

    @AfterEach
    void close() {
        wire.close();
    }

    private void create(String name) {
        var _ = wire.operations()
                .createVolume(CreateVolumeRequest.newBuilder()
                        .setName(name)
                        .setSizeBytes(1L << 30)
                        .putParameters(
                                "recurringJobs",
                                "[{\"name\":\"snap\",\"task\":\"snapshot\",\"cron\":\"@hourly\",\"retain\":2}]")
                        .build());
    }

    @Test
    void aVolumeIsShownWithEverything() {
        // Given
        create("v");
        wire.hosts.attach(World.replica("v"), new ReplicaUser("/target", "shop/db-0"));
        SnapshotSummary snapshot = wire.operations()
                .createSnapshot(
                        CreateSnapshotRequest.newBuilder().setVolume("v").build());

        // When
        var shown = wire.operations()
                .getVolume(GetVolumeRequest.newBuilder().setName("v").build());

        // Then
        assertThat(snapshot.getName()).isEqualTo("manual-20261123-120000");
        assertThat(snapshot.getOrigin()).isEqualTo("user");
        assertThat(shown.getSummary().getState()).isEqualTo("ready");
        assertThat(shown.getSummary().getSnapshots()).isEqualTo(1);
        assertThat(shown.getDevice()).isEqualTo("/dev/loop0");
        assertThat(shown.getUsedByList()).containsExactly("/target (shop/db-0)");
        assertThat(shown.getReplicas(0).getPath()).isEqualTo("/disks/disk-1");
        assertThat(shown.getRecurringJobs(0).getCron()).isEqualTo("@hourly");
        assertThat(shown.getParametersMap()).containsEntry("fsType", "ext4");
        assertThat(shown.getSnapshots(0).getHandle()).isEqualTo("snap://v/manual-20261123-120000");
    }

    @Test
    void listingVolumesAsksEachHostOnce() {
        // Given
        for (int i = 0; i < 20; i++) {
            create("v" + i);
        }
        int before = wire.hosts.calls().size();

        // When
        var volumes = wire.operations()
                .listVolumes(ListVolumesRequest.getDefaultInstance())
                .getVolumesList();

        // Then
        assertThat(volumes).hasSize(20);
        assertThat(volumes.getFirst().getAllocatedBytes()).isEqualTo(-1);
        assertThat(wire.hosts.calls()).hasSize(before + 1);
        assertThat(Collections.frequency(wire.hosts.calls(), "replicas")).isZero();
    }

    @Test
    void changesAndReverts() {
        // Given
        create("v");
        wire.hosts.write(World.replica("v"), 0, "old");
        var _ = wire.operations()
                .createSnapshot(CreateSnapshotRequest.newBuilder()
                        .setVolume("v")
                        .setName("s")
                        .build());
        wire.hosts.write(World.replica("v"), 0, "new");

        // When
        var expanded = wire.operations()
                .expandVolume(ExpandVolumeRequest.newBuilder()
                        .setName("v")
                        .setSizeBytes(2L << 30)
                        .build());
        var modified = wire.operations()
                .modifyVolume(ModifyVolumeRequest.newBuilder()
                        .setName("v")
                        .putParameters("numberOfReplicas", "2")
                        .build());
        var reverted = wire.operations()
                .revertVolume(RevertVolumeRequest.newBuilder()
                        .setName("v")
                        .setSnapshot("v/s")
                        .build());

        // Then
        assertThat(expanded.getSizeBytes()).isEqualTo(2L << 30);
        assertThat(modified.getReplicasWanted()).isEqualTo(2);
        assertThat(reverted.getSafetySnapshot()).startsWith("before-revert-");
        assertThat(wire.hosts.read(World.replica("v"), 0)).isEqualTo("old");
        assertThat(wire.operations()
                        .listSnapshots(
                                ListSnapshotsRequest.newBuilder().setVolume("v").build())
                        .getSnapshotsCount())
                .isEqualTo(2);
        var _ = wire.operations()
                .createVolume(CreateVolumeRequest.newBuilder()
                        .setName("copy")
                        .setFromSnapshot("v/s")
                        .build());
        assertThat(wire.hosts.read(World.replica("copy"), 0)).isEqualTo("old");
        assertThat(wire.operations()
                        .getVolume(GetVolumeRequest.newBuilder().setName("copy").build())
                        .getSource())
                .isEqualTo("snap://v/s");
    }

    @Test
    void deletingWhatDoesNotExistIsAnErrorForPeople() {
        assertThatThrownBy(() -> wire.operations()
                        .deleteVolume(
                                DeleteVolumeRequest.newBuilder().setName("typo").build()))
                .hasMessageContaining("NOT_FOUND")
                .hasMessageContaining("typo");
        assertThatThrownBy(() -> wire.operations()
                        .deleteSnapshot(DeleteSnapshotRequest.newBuilder()
                                .setVolume("v")
                                .setName("typo")
                                .build()))
                .hasMessageContaining("NOT_FOUND");
    }

    @Test
    void disksSettingsAndStatus() {
        assertThat(wire.operations()
                        .listDisks(ListDisksRequest.getDefaultInstance())
                        .getDisks(0)
                        .getCapacityBytes())
                .isEqualTo(100L << 30);
        var setting = wire.operations()
                .setSetting(SetSettingRequest.newBuilder()
                        .setName("minimal-available-percentage")
                        .setValue("20")
                        .build());
        assertThat(setting.getValue()).isEqualTo("20");
        assertThat(wire.settings.get().minimalAvailablePercentage()).isEqualTo(20);
        assertThat(wire.operations()
                        .listSettings(ListSettingsRequest.getDefaultInstance())
                        .getSettingsList())
                .isNotEmpty();
        assertThatThrownBy(() -> wire.operations()
                        .setSetting(SetSettingRequest.newBuilder()
                                .setName("minimal-available-percentag")
                                .setValue("20")
                                .build()))
                .hasMessageContaining("minimal-available-percentage");
        assertThat(wire.operations()
                        .getStatus(GetStatusRequest.getDefaultInstance())
                        .getNode())
                .isEqualTo(World.NODE);
    }
}
