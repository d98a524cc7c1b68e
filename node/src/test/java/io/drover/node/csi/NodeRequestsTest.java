package io.drover.node.csi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.AccessMode;
import io.drover.core.model.DiskId;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.VolumeId;
import io.drover.csi.v1.CapacityRange;
import io.drover.csi.v1.NodePublishVolumeRequest;
import io.drover.csi.v1.NodeStageVolumeRequest;
import io.drover.csi.v1.VolumeCapability;
import io.drover.csi.v1.VolumeCapability.AccessMode.Mode;
import io.drover.node.stage.PublishRequest;
import io.drover.node.stage.StageRequest;
import io.drover.node.stage.VolumeAccess;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NodeRequestsTest {
    @Test
    void everythingIsRead() {
        // Given
        NodeStageVolumeRequest request = stage().putPublishContext("drover.io/leg.0", "local:disk-1")
                .putPublishContext("drover.io/epoch", "3")
                .putVolumeContext("drover.io/fs-type", "xfs")
                .putVolumeContext("drover.io/mkfs-params", "-m reflink=0")
                .setVolumeCapability(capability(
                        Mode.SINGLE_NODE_SINGLE_WRITER,
                        mount -> mount.addMountFlags("noatime").setVolumeMountGroup("1000")))
                .build();
        // When
        StageRequest read = NodeRequests.stage(request);
        // Then
        assertThat(read.volume()).isEqualTo(new VolumeId("pvc-1"));
        assertThat(read.disk()).contains(new DiskId("disk-1"));
        assertThat(read.mode()).isEqualTo(AccessMode.SINGLE_NODE_SINGLE_WRITER);
        VolumeAccess.Mounted access = (VolumeAccess.Mounted) read.access();
        assertThat(access.type()).contains(FileSystemType.XFS);
        assertThat(access.makeParameters()).containsExactly("-m", "reflink=0");
        assertThat(access.group()).contains(1000);
    }

    @Test
    void fileSystemOfTheCapabilityComesFirst() {
        NodeStageVolumeRequest request = stage().putVolumeContext("drover.io/fs-type", "xfs")
                .setVolumeCapability(capability(Mode.SINGLE_NODE_WRITER, mount -> mount.setFsType("btrfs")))
                .build();
        assertThat(((VolumeAccess.Mounted) NodeRequests.stage(request).access()).type())
                .contains(FileSystemType.BTRFS);
    }

    @Test
    void podIsReadWhereItIsOne() {
        NodePublishVolumeRequest request = publish()
                .putAllVolumeContext(
                        Map.of("csi.storage.k8s.io/pod.name", "web-0", "csi.storage.k8s.io/pod.namespace", "shop"))
                .build();
        PublishRequest read = NodeRequests.publish(request);
        assertThat(read.pod()).contains("shop/web-0");
        assertThat(NodeRequests.publish(publish()
                                .putVolumeContext("csi.storage.k8s.io/pod.name", "../../x")
                                .build())
                        .pod())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void malformedStageIsRefused(String name, UnaryOperator<NodeStageVolumeRequest.Builder> change, ErrorCode code) {
        assertThatThrownBy(() -> NodeRequests.stage(change.apply(stage()).build()))
                .satisfies(failure ->
                        assertThat(((StorageException) failure).code()).as(name).isEqualTo(code));
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                row("no volume", b -> b.clearVolumeId(), ErrorCode.INVALID),
                row("path trick in the volume", b -> b.setVolumeId("../x"), ErrorCode.INVALID),
                row("long volume", b -> b.setVolumeId("a".repeat(129)), ErrorCode.INVALID),
                row("no path", b -> b.clearStagingTargetPath(), ErrorCode.INVALID),
                row("relative path", b -> b.setStagingTargetPath("a/b"), ErrorCode.INVALID),
                row("path with ..", b -> b.setStagingTargetPath("/var/../etc"), ErrorCode.INVALID),
                row("path with .", b -> b.setStagingTargetPath("/var/./etc"), ErrorCode.INVALID),
                row("root", b -> b.setStagingTargetPath("/"), ErrorCode.INVALID),
                row("many slashes", b -> b.setStagingTargetPath("///"), ErrorCode.INVALID),
                row("near the root", b -> b.setStagingTargetPath("/etc"), ErrorCode.INVALID),
                row("new line", b -> b.setStagingTargetPath("/var/a\nb"), ErrorCode.INVALID),
                row("zero byte", b -> b.setStagingTargetPath("/var/a\0b"), ErrorCode.INVALID),
                row("long path", b -> b.setStagingTargetPath("/a/" + "b".repeat(4096)), ErrorCode.INVALID),
                row("no capability", b -> b.clearVolumeCapability(), ErrorCode.INVALID),
                row("no access type", b -> b.setVolumeCapability(mode(Mode.SINGLE_NODE_WRITER)), ErrorCode.INVALID),
                row("no mode", b -> b.setVolumeCapability(capability(Mode.UNKNOWN, m -> m)), ErrorCode.INVALID),
                row(
                        "several hosts",
                        b -> b.setVolumeCapability(capability(Mode.MULTI_NODE_MULTI_WRITER, m -> m)),
                        ErrorCode.IN_USE),
                row("file system", b -> with(b, m -> m.setFsType("ntfs")), ErrorCode.INVALID),
                row("file system path", b -> with(b, m -> m.setFsType("../ext4")), ErrorCode.INVALID),
                row("mount option", b -> with(b, m -> m.addMountFlags("loop")), ErrorCode.INVALID),
                row("group word", b -> with(b, m -> m.setVolumeMountGroup("root")), ErrorCode.INVALID),
                row("group negative", b -> with(b, m -> m.setVolumeMountGroup("-1")), ErrorCode.INVALID),
                row("group large", b -> with(b, m -> m.setVolumeMountGroup("4294967296")), ErrorCode.INVALID),
                row("mkfs", b -> b.putVolumeContext("drover.io/mkfs-params", "/dev/sda"), ErrorCode.INVALID),
                row("leg", b -> b.putPublishContext("drover.io/leg.0", "drbd:1"), ErrorCode.UNSUPPORTED),
                row("disk", b -> b.putPublishContext("drover.io/leg.0", "local:../x"), ErrorCode.INVALID));
    }

    @Test
    void publishWithoutStagingPathIsAFailedPrecondition() {
        assertThatThrownBy(() ->
                        NodeRequests.publish(publish().clearStagingTargetPath().build()))
                .satisfies(failure ->
                        assertThat(((StorageException) failure).code()).isEqualTo(ErrorCode.IN_USE));
    }

    @Test
    void capacityRangesAreChecked() {
        assertThat(NodeRequests.required(CapacityRange.getDefaultInstance()).bytes())
                .isZero();
        assertThatThrownBy(() -> NodeRequests.required(
                        CapacityRange.newBuilder().setRequiredBytes(-1).build()))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> NodeRequests.required(CapacityRange.newBuilder()
                        .setRequiredBytes(2)
                        .setLimitBytes(1)
                        .build()))
                .satisfies(failure ->
                        assertThat(((StorageException) failure).code()).isEqualTo(ErrorCode.OUT_OF_RANGE));
    }

    private static Arguments row(String name, UnaryOperator<NodeStageVolumeRequest.Builder> change, ErrorCode code) {
        return Arguments.of(name, change, code);
    }

    private static NodeStageVolumeRequest.Builder with(
            NodeStageVolumeRequest.Builder request, UnaryOperator<VolumeCapability.MountVolume.Builder> change) {
        return request.setVolumeCapability(capability(Mode.SINGLE_NODE_WRITER, change));
    }

    private static NodeStageVolumeRequest.Builder stage() {
        return NodeStageVolumeRequest.newBuilder()
                .setVolumeId("pvc-1")
                .setStagingTargetPath("/var/lib/staging")
                .setVolumeCapability(capability(Mode.SINGLE_NODE_WRITER, mount -> mount));
    }

    private static NodePublishVolumeRequest.Builder publish() {
        return NodePublishVolumeRequest.newBuilder()
                .setVolumeId("pvc-1")
                .setStagingTargetPath("/var/lib/staging")
                .setTargetPath("/var/lib/pod")
                .setVolumeCapability(capability(Mode.SINGLE_NODE_WRITER, mount -> mount));
    }

    private static VolumeCapability mode(Mode mode) {
        return VolumeCapability.newBuilder()
                .setAccessMode(VolumeCapability.AccessMode.newBuilder().setMode(mode))
                .build();
    }

    private static VolumeCapability capability(Mode mode, UnaryOperator<VolumeCapability.MountVolume.Builder> change) {
        return mode(mode).toBuilder()
                .setMount(change.apply(VolumeCapability.MountVolume.newBuilder()))
                .build();
    }
}
