package io.drover.e2e.csi;

import static io.drover.e2e.csi.BadRequest.invalid;
import static io.drover.e2e.csi.BadRequest.notFound;
import static io.drover.e2e.csi.BadRequest.outOfRange;

import io.drover.csi.v1.CapacityRange;
import io.drover.csi.v1.CreateVolumeRequest;
import io.drover.csi.v1.DeleteVolumeRequest;
import io.drover.csi.v1.Topology;
import io.drover.csi.v1.TopologyRequirement;
import io.drover.csi.v1.VolumeCapability;
import io.drover.csi.v1.VolumeCapability.AccessMode.Mode;
import io.drover.csi.v1.VolumeContentSource;
import io.drover.e2e.fixture.Capabilities;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Requests to make or delete a volume that must be refused: names, sizes, capabilities, sources, topology. */
final class BadVolumes {
    private static final long MEBI = 1L << 20;

    private BadVolumes() {}

    static List<BadRequest> all() {
        List<BadRequest> all = new ArrayList<>();
        all.addAll(names());
        all.addAll(sizes());
        all.addAll(capabilities());
        all.addAll(sources());
        all.addAll(conflicts());
        return all;
    }

    private static List<BadRequest> names() {
        List<BadRequest> all = new ArrayList<>();
        all.add(create("a volume without a name", "name", request -> request.clearName()));
        Map<String, String> names = Map.ofEntries(
                Map.entry("of blanks", "   "),
                Map.entry("of 129 characters", "n".repeat(129)),
                Map.entry("of 100,000 characters", "n".repeat(100_000)),
                Map.entry("that climbs", "../../etc/passwd"),
                Map.entry("of two dots", ".."),
                Map.entry("of one dot", "."),
                Map.entry("with dots inside", "a..b"),
                Map.entry("with a slash", "a/b"),
                Map.entry("that is a path", "/etc/passwd"),
                Map.entry("that looks like an option", "-rf"),
                Map.entry("that begins with a dot", ".hidden"),
                Map.entry("with a line end", "a\nb"),
                Map.entry("with a NUL", "a\0b"),
                Map.entry("with a blank", "a b"),
                Map.entry("with a quote", "a'; rm -rf '"),
                Map.entry("with a dollar", "$(reboot)"),
                Map.entry("with an umlaut", "größe"),
                Map.entry("with a backslash", "a\\b"),
                Map.entry("with a percent escape", "a%2f..%2fb"));
        names.forEach(
                (what, name) -> all.add(create("a volume's name " + what, "name", request -> request.setName(name))));
        all.add(invalid(
                "deleting without an id",
                "volume",
                csi -> csi.controller().deleteVolume(DeleteVolumeRequest.getDefaultInstance())));
        return all;
    }

    private static List<BadRequest> sizes() {
        return List.of(
                size("a negative size", -1, 0, Status.Code.OUT_OF_RANGE, "negative"),
                size("a negative limit", 0, -1, Status.Code.OUT_OF_RANGE, "negative"),
                size("the smallest number as size", Long.MIN_VALUE, 0, Status.Code.OUT_OF_RANGE, "negative"),
                size("a limit below the size", 64 * MEBI, 32 * MEBI, Status.Code.INVALID_ARGUMENT, "limit"),
                size("a size that no step meets", 3 * MEBI, 3 * MEBI, Status.Code.OUT_OF_RANGE, "2"),
                size("a limit below one step", 0, 4096, Status.Code.OUT_OF_RANGE, "2"),
                size("the largest number as size", Long.MAX_VALUE, 0, Status.Code.OUT_OF_RANGE, "larger"),
                size("a size larger than all disks", 1L << 50, 0, Status.Code.RESOURCE_EXHAUSTED, "disk"));
    }

    private static List<BadRequest> capabilities() {
        List<BadRequest> all = new ArrayList<>();
        all.add(create("no capability", "capabilit", CreateVolumeRequest.Builder::clearVolumeCapabilities));
        all.add(create(
                "an empty capability",
                "access",
                request -> request.setVolumeCapabilities(0, VolumeCapability.getDefaultInstance())));
        all.add(create(
                "a capability without access mode",
                "access mode",
                request -> request.setVolumeCapabilities(
                        0,
                        VolumeCapability.newBuilder()
                                .setMount(VolumeCapability.MountVolume.getDefaultInstance())
                                .build())));
        all.add(create(
                "a capability without access type",
                "block",
                request -> request.setVolumeCapabilities(
                        0,
                        VolumeCapability.newBuilder()
                                .setAccessMode(Capabilities.mode(Mode.SINGLE_NODE_WRITER))
                                .build())));
        for (Mode mode : List.of(
                Mode.UNKNOWN,
                Mode.MULTI_NODE_READER_ONLY,
                Mode.MULTI_NODE_SINGLE_WRITER,
                Mode.MULTI_NODE_MULTI_WRITER)) {
            all.add(create(
                    "access mode " + mode,
                    "access mode",
                    request -> request.setVolumeCapabilities(
                            0,
                            Capabilities.mount("ext4").toBuilder()
                                    .setAccessMode(Capabilities.mode(mode))
                                    .build())));
        }
        all.add(create(
                "an access mode from the future",
                "access mode",
                request -> request.setVolumeCapabilities(
                        0,
                        Capabilities.mount("ext4").toBuilder()
                                .setAccessMode(
                                        VolumeCapability.AccessMode.newBuilder().setModeValue(99))
                                .build())));
        for (String type : List.of("ntfs", "ext5", "EXT4 ", "../ext4", "-t ext4", "e".repeat(10_000))) {
            all.add(create(
                    "file system " + (type.length() > 20 ? "with a long name" : "\"" + type + "\""),
                    "ext4",
                    request -> request.setVolumeCapabilities(0, Capabilities.mount(type))));
        }
        all.add(create(
                "block and mount at once", "block", request -> request.addVolumeCapabilities(Capabilities.block())));
        all.add(create(
                "two file systems at once",
                "ext4",
                request -> request.addVolumeCapabilities(Capabilities.mount("xfs"))));
        return all;
    }

    private static List<BadRequest> sources() {
        List<BadRequest> all = new ArrayList<>();
        all.add(create(
                "an empty source",
                "source",
                request -> request.setVolumeContentSource(VolumeContentSource.getDefaultInstance())));
        all.add(create("a snapshot source without id", "snapshot", request -> fromSnapshot(request, "")));
        all.add(create("a volume source without id", "volume", request -> fromVolume(request, "")));
        all.add(create("a volume source that climbs", "name", request -> fromVolume(request, "../x")));
        for (String handle : List.of("snap:///x", "snap://good/../good", "snap://../etc/passwd", "snap://a/b/c")) {
            all.add(create("the source handle " + handle, "name", request -> fromSnapshot(request, handle)));
        }
        for (String handle : List.of("snap://", "snap://only-volume", "http://good/good-snap")) {
            all.add(create(
                    "the source handle " + handle,
                    "snap://<volume>/<snapshot>",
                    request -> fromSnapshot(request, handle)));
        }
        all.add(notFound(
                "a source snapshot that is not there",
                "good/none",
                csi -> make(csi, request -> fromSnapshot(request, "snap://good/none"))));
        all.add(notFound(
                "a source volume that is not there", "none", csi -> make(csi, request -> fromVolume(request, "none"))));
        all.add(notFound(
                "a backup as source that no known target has",
                "bak://good/some",
                csi -> make(csi, request -> fromSnapshot(request, "bak://good/some"))));
        all.add(create(
                "a malformed handle of a backup",
                "bak://<volume>/<backup>",
                request -> fromSnapshot(request, "bak://only-volume")));
        all.add(new BadRequest(
                "a handle of the old scheme",
                Status.Code.UNIMPLEMENTED,
                "bak://",
                csi -> make(csi, request -> fromSnapshot(request, "bs://good/some"))));
        all.add(outOfRange(
                "a clone smaller than its volume",
                "64Mi",
                csi -> make(csi, request -> {
                    fromVolume(request, "good");
                    request.setCapacityRange(CapacityRange.newBuilder()
                            .setRequiredBytes(32 * MEBI)
                            .setLimitBytes(32 * MEBI));
                })));
        all.add(outOfRange(
                "a restore smaller than its snapshot",
                "67108864",
                csi -> make(csi, request -> {
                    fromSnapshot(request, "snap://good/good-snap");
                    request.setCapacityRange(CapacityRange.newBuilder().setLimitBytes(32 * MEBI));
                })));
        return all;
    }

    private static List<BadRequest> conflicts() {
        return List.of(
                conflict(
                        "the same name with another size",
                        "size",
                        request -> request.setCapacityRange(
                                CapacityRange.newBuilder().setRequiredBytes(256 * MEBI))),
                conflict(
                        "the same name with a limit below what it has",
                        "size",
                        request -> request.setCapacityRange(
                                CapacityRange.newBuilder().setLimitBytes(32 * MEBI))),
                conflict(
                        "the same name with other parameters",
                        "numberOfReplicas",
                        request -> request.putParameters("numberOfReplicas", "3")),
                conflict(
                        "the same name from a snapshot",
                        "source",
                        request -> fromSnapshot(request, "snap://good/good-snap")),
                conflict(
                        "the same name as raw block",
                        "block",
                        request -> request.setVolumeCapabilities(0, Capabilities.block())),
                new BadRequest(
                        "a topology elsewhere",
                        Status.Code.RESOURCE_EXHAUSTED,
                        "topology",
                        csi -> make(
                                csi,
                                request -> request.setAccessibilityRequirements(TopologyRequirement.newBuilder()
                                        .addRequisite(
                                                Topology.newBuilder().putSegments("drover.io/node", "elsewhere"))))));
    }

    private static BadRequest conflict(String title, String remedy, Consumer<CreateVolumeRequest.Builder> change) {
        return new BadRequest(
                title,
                Status.Code.ALREADY_EXISTS,
                remedy,
                csi -> make(csi, request -> {
                    request.setName("good");
                    change.accept(request);
                }));
    }

    private static BadRequest size(String title, long required, long limit, Status.Code code, String remedy) {
        return new BadRequest(
                title,
                code,
                remedy,
                csi -> make(
                        csi,
                        request -> request.setCapacityRange(CapacityRange.newBuilder()
                                .setRequiredBytes(required)
                                .setLimitBytes(limit))));
    }

    private static BadRequest create(String title, String remedy, Consumer<CreateVolumeRequest.Builder> change) {
        return invalid(title, remedy, csi -> make(csi, change));
    }

    /** Changes a request that would succeed, and makes it. */
    static void make(io.drover.e2e.fixture.CsiClient csi, Consumer<CreateVolumeRequest.Builder> change) {
        CreateVolumeRequest.Builder request = CreateVolumeRequest.newBuilder()
                .setName("bad")
                .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(64 * MEBI))
                .addVolumeCapabilities(Capabilities.mount("ext4"));
        change.accept(request);
        var unused = csi.controller().createVolume(request.build());
    }

    private static void fromSnapshot(CreateVolumeRequest.Builder request, String handle) {
        request.setVolumeContentSource(VolumeContentSource.newBuilder()
                .setSnapshot(VolumeContentSource.SnapshotSource.newBuilder().setSnapshotId(handle)));
    }

    private static void fromVolume(CreateVolumeRequest.Builder request, String volume) {
        request.setVolumeContentSource(VolumeContentSource.newBuilder()
                .setVolume(VolumeContentSource.VolumeSource.newBuilder().setVolumeId(volume)));
    }
}
