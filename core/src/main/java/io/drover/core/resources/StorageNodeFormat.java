package io.drover.core.resources;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.NodeId;
import io.drover.core.model.StorageNode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** The fields of a host. A host that nobody has reached has no {@code status}. */
final class StorageNodeFormat {
    private StorageNodeFormat() {}

    static void write(StorageNode node, ObjectNode spec, ObjectNode status) {
        ArrayNode disks = spec.putArray("disks");
        for (StorageNode.WantedDisk disk : node.disks()) {
            ObjectNode written = disks.addObject();
            if (!disk.name().isEmpty()) {
                written.put("name", disk.name());
            }
            written.put("path", disk.path());
            if (!disk.tags().isEmpty()) {
                disk.tags().forEach(written.putArray("tags")::add);
            }
            disk.size().ifPresent(size -> written.put("size", size.bytes()));
            if (!disk.engine().isEmpty()) {
                written.put("engine", disk.engine());
            }
            disk.adopt().ifPresent(id -> written.put("adopt", id.value()));
            disk.forget().ifPresent(id -> written.put("forget", id.value()));
        }
        spec.put("schedulable", node.schedulable());
        if (!node.tags().isEmpty()) {
            node.tags().forEach(spec.putArray("tags")::add);
        }
        node.report().ifPresent(report -> write(report, status));
    }

    static StorageNode read(String name, Instant createdAt, Document spec, Optional<Document> status) {
        return new StorageNode(
                new NodeId(name),
                spec.objects("disks").stream()
                        .map(StorageNodeFormat::wantedDisk)
                        .toList(),
                spec.bool("schedulable"),
                spec.texts("tags"),
                status.map(StorageNodeFormat::report),
                createdAt);
    }

    private static void write(StorageNode.NodeReport report, ObjectNode status) {
        status.put("address", report.address());
        status.put("ready", report.ready());
        status.put("reason", report.reason());
        status.put("message", report.message());
        ArrayNode disks = status.putArray("disks");
        for (StorageNode.SeenDisk disk : report.disks()) {
            ObjectNode written = disks.addObject().put("name", disk.name()).put("path", disk.path());
            disk.id().ifPresent(id -> written.put("uuid", id.value()));
            written.put("capacity", disk.capacity().bytes())
                    .put("available", disk.available().bytes())
                    .put("provisioned", disk.provisioned().bytes());
            if (!disk.problem().isEmpty()) {
                written.put("problem", disk.problem());
            }
        }
        status.put("seenAt", report.seenAt().toString());
    }

    private static StorageNode.WantedDisk wantedDisk(Document disk) {
        OptionalLong size = disk.optionalInteger("size");
        StorageNode.WantedDisk read = new StorageNode.WantedDisk(
                disk.optionalText("name").orElse(""),
                disk.text("path"),
                disk.texts("tags"),
                size.isPresent() ? Optional.of(new ByteSize(size.getAsLong())) : Optional.empty(),
                disk.optionalText("engine").orElse(""),
                disk.optionalText("adopt").map(DiskId::new),
                disk.optionalText("forget").map(DiskId::new));
        disk.end();
        return read;
    }

    private static StorageNode.NodeReport report(Document status) {
        return new StorageNode.NodeReport(
                status.text("address"),
                status.bool("ready"),
                status.text("reason"),
                status.text("message"),
                status.objects("disks").stream()
                        .map(StorageNodeFormat::seenDisk)
                        .toList(),
                status.instant("seenAt"));
    }

    private static StorageNode.SeenDisk seenDisk(Document disk) {
        StorageNode.SeenDisk read = new StorageNode.SeenDisk(
                disk.text("name"),
                disk.text("path"),
                disk.optionalText("uuid").map(DiskId::new),
                new ByteSize(disk.integer("capacity")),
                new ByteSize(disk.integer("available")),
                new ByteSize(disk.integer("provisioned")),
                disk.optionalText("problem").orElse(""));
        disk.end();
        return read;
    }
}
