package io.drover.core.resources;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.core.error.StorageException;
import io.drover.core.model.AccessMode;
import io.drover.core.model.Attachment;
import io.drover.core.model.BackupId;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.NodeId;
import io.drover.core.model.ReplicaPlacement;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeSource;
import io.drover.core.model.VolumeState;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The fields of a volume: {@code spec} is what was asked for, {@code status} what was decided and where it stands. */
final class VolumeFormat {
    private VolumeFormat() {}

    static void write(Volume volume, ObjectNode spec, ObjectNode status) {
        spec.put("size", volume.size().bytes());
        ArrayNode modes = spec.putArray("accessModes");
        volume.accessModes().stream().sorted().map(Words::text).forEach(modes::add);
        spec.put("blockAllowed", volume.blockAllowed());
        spec.put("mountAllowed", volume.mountAllowed());
        switch (volume.source()) {
            case VolumeSource.Blank _ -> {}
            case VolumeSource.FromSnapshot(SnapshotId snapshot) ->
                spec.putObject("source").put("snapshot", snapshot.handle());
            case VolumeSource.FromVolume(VolumeId source) ->
                spec.putObject("source").put("volume", source.value());
            case VolumeSource.FromBackup(String target, BackupId backup) ->
                spec.putObject("source").put("backup", backup.handle()).put("backupTarget", target);
        }
        if (volume.blockBytes() != Volume.BLOCK_BYTES) {
            spec.put("blockBytes", volume.blockBytes());
        }
        if (!volume.labels().isEmpty()) {
            ObjectNode labels = spec.putObject("labels");
            new TreeMap<>(volume.labels()).forEach(labels::put);
        }
        VolumeParametersFormat.write(volume.parameters(), spec.putObject("parameters"));
        status.put("state", Words.text(volume.state()));
        ArrayNode placements = status.putArray("placements");
        volume.placements()
                .forEach(placement -> placements
                        .addObject()
                        .put("node", placement.node().value())
                        .put("disk", placement.disk().value()));
        status.put("epoch", volume.epoch());
        volume.attachment()
                .ifPresent(attachment -> status.putObject("attachment")
                        .put("node", attachment.node().value())
                        .put("accessMode", Words.text(attachment.accessMode()))
                        .put("block", attachment.block())
                        .put("readOnly", attachment.readOnly())
                        .put("epoch", attachment.epoch())
                        .put("since", attachment.since().toString()));
    }

    static Volume read(String name, Instant createdAt, Document spec, Document status) {
        return new Volume(
                new VolumeId(name),
                new ByteSize(spec.integer("size")),
                VolumeParametersFormat.read(spec.object("parameters")),
                Set.copyOf(spec.words("accessModes", AccessMode.class)),
                spec.bool("blockAllowed"),
                spec.bool("mountAllowed"),
                spec.optionalObject("source").map(VolumeFormat::source).orElse(new VolumeSource.Blank()),
                status.word("state", VolumeState.class),
                status.objects("placements").stream()
                        .map(VolumeFormat::placement)
                        .toList(),
                status.optionalObject("attachment").map(VolumeFormat::attachment),
                status.integer("epoch"),
                blockBytes(spec),
                spec.textMap("labels"),
                createdAt);
    }

    /** Records of before there was a choice, and most since, do not say it. */
    private static int blockBytes(Document spec) {
        OptionalLong bytes = spec.optionalInteger("blockBytes");
        if (bytes.isEmpty()) {
            return Volume.BLOCK_BYTES;
        }
        if (bytes.getAsLong() != Volume.FOREIGN_BLOCK_BYTES && bytes.getAsLong() != Volume.BLOCK_BYTES) {
            throw StorageException.corrupt("spec.blockBytes cannot be " + bytes.getAsLong());
        }
        return (int) bytes.getAsLong();
    }

    private static VolumeSource source(Document source) {
        Optional<String> snapshot = source.optionalText("snapshot");
        Optional<String> volume = source.optionalText("volume");
        Optional<String> backup = source.optionalText("backup");
        String target = source.optionalText("backupTarget").orElse("");
        source.end();
        if (Stream.of(snapshot, volume, backup).filter(Optional::isPresent).count() != 1) {
            throw StorageException.corrupt("spec.source does not name one of a snapshot, a volume and a backup");
        }
        if (backup.isPresent()) {
            return new VolumeSource.FromBackup(target, BackupId.ofHandle(backup.get()));
        }
        return snapshot.<VolumeSource>map(handle -> new VolumeSource.FromSnapshot(SnapshotId.ofHandle(handle)))
                .orElseGet(() -> new VolumeSource.FromVolume(new VolumeId(volume.orElseThrow())));
    }

    private static ReplicaPlacement placement(Document placement) {
        ReplicaPlacement read =
                new ReplicaPlacement(new NodeId(placement.text("node")), new DiskId(placement.text("disk")));
        placement.end();
        return read;
    }

    private static Attachment attachment(Document attachment) {
        Attachment read = new Attachment(
                new NodeId(attachment.text("node")),
                attachment.word("accessMode", AccessMode.class),
                attachment.bool("block"),
                attachment.bool("readOnly"),
                attachment.integer("epoch"),
                attachment.instant("since"));
        attachment.end();
        return read;
    }
}
