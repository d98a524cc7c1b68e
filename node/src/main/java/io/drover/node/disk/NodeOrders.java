package io.drover.node.disk;

import io.drover.core.error.StorageException;
import io.drover.core.file.Directories;
import io.drover.core.model.Settings;
import io.drover.core.model.SettingsRecord;
import io.drover.core.parameters.SettingsReader;
import io.drover.node.metadata.MetadataFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the cluster wants of this host, in {@code <state directory>/orders.json}: after a reboot the host opens its disks without having
 * to be told again.
 */
public final class NodeOrders implements Supplier<Settings> {
    private static final Logger log = LoggerFactory.getLogger(NodeOrders.class);
    private static final String FILE = "orders.json";
    private static final int VERSION = 1;

    private final List<DiskConfiguration> own;
    private final MetadataFile<Content> file;
    private Content content;
    private volatile Settings settings;

    /** @param disks each in its text form */
    record Content(List<String> disks, Map<String, String> settings) {
        Content {
            disks = List.copyOf(disks);
            settings = Map.copyOf(settings);
        }
    }

    private NodeOrders(List<DiskConfiguration> own, MetadataFile<Content> file, Content content) {
        this.own = List.copyOf(own);
        this.file = file;
        this.content = content;
        this.settings = settings(content.settings());
    }

    /** Settings that another version remembered must not keep the host from its volumes. */
    private static Settings settings(Map<String, String> values) {
        try {
            return SettingsReader.read(new SettingsRecord(values));
        } catch (StorageException e) {
            log.atWarn()
                    .log(
                            "the remembered settings are not used until the controller tells them again: {}",
                            e.getMessage());
            return Settings.DEFAULTS;
        }
    }

    /**
     * Reads the memory; without one, nothing was wanted yet.
     *
     * @param own the disks that the host is started with
     */
    public static NodeOrders open(Path stateDirectory, List<DiskConfiguration> own) {
        Directories.create(stateDirectory);
        var file = new MetadataFile<>(stateDirectory.resolve(FILE), Content.class, VERSION);
        return new NodeOrders(own, file, file.read().orElse(new Content(List.of(), Map.of())));
    }

    /** The settings, as last told. */
    @Override
    public Settings get() {
        return settings;
    }

    /** All disks of the host. */
    public synchronized List<DiskConfiguration> disks() {
        return merged(content.disks().stream().map(DiskConfiguration::parse).toList());
    }

    /**
     * All disks that the host would have.
     *
     * @throws StorageException INVALID for one that cannot be
     */
    public List<DiskConfiguration> disksWith(List<String> ordered) {
        return merged(ordered.stream().map(DiskConfiguration::parse).toList());
    }

    /**
     * Remembers new orders, durably. The same again writes nothing.
     *
     * @throws StorageException INVALID for a disk or a setting that cannot be
     */
    public synchronized void keep(List<String> disks, Map<String, String> values) {
        var _ = disksWith(disks);
        Settings next = SettingsReader.read(new SettingsRecord(values));
        Content wanted = new Content(disks, values);
        if (!wanted.equals(content)) {
            file.write(wanted);
            content = wanted;
        }
        settings = next;
    }

    /** What is ordered for a path counts more than what the host is started with. */
    private List<DiskConfiguration> merged(List<DiskConfiguration> ordered) {
        Map<Path, DiskConfiguration> all = new LinkedHashMap<>();
        own.forEach(disk -> all.put(disk.path(), disk));
        ordered.forEach(disk -> all.put(disk.path(), disk));
        return new ArrayList<>(all.values());
    }
}
