package io.drover.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.cluster.Preflight.Finding;
import io.drover.cluster.Preflight.Weight;
import io.drover.node.disk.DiskConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host made of a few files. */
@SuppressWarnings("NullAway.Init")
class PreflightTest {
    private static final Set<String> PROGRAMS =
            Set.of("mkfs.ext4", "e2fsck", "resize2fs", "blkid", "mkfs.xfs", "xfs_growfs", "mkfs.btrfs", "mount.nfs");

    @TempDir
    Path root;

    @BeforeEach
    void host() throws IOException {
        write("dev/loop-control", "");
        write("proc/filesystems", "nodev\tsysfs\n\text4\n\tbtrfs\n\txfs\nnodev\tnfs4\n");
        write("proc/sys/kernel/osrelease", "6.18.0\n");
        write("lib/modules/6.18.0/modules.alias", "alias fs-vfat vfat\n");
        Files.createDirectories(root.resolve("disk"));
    }

    @Test
    void aHostThatHasEverythingIsFine() {
        assertThat(look(true, PROGRAMS)).allMatch(finding -> finding.weight() == Weight.FINE);
    }

    @Test
    void whatIsMissingIsNamedWithTheRemedy() throws IOException {
        Files.delete(root.resolve("dev/loop-control"));
        write("proc/filesystems", "\text4\n");

        List<String> needed = look(false, Set.of()).stream()
                .filter(finding -> finding.weight() == Weight.NEEDED)
                .map(Finding::text)
                .toList();

        assertThat(needed)
                .anyMatch(text -> text.contains("run as root"))
                .anyMatch(text -> text.contains("modprobe loop"))
                .anyMatch(text -> text.contains("modprobe btrfs, or modprobe xfs"))
                .anyMatch(text -> text.contains("mkfs.ext4") && text.contains("install the package e2fsprogs"));
    }

    @Test
    void aModuleThatCanBeLoadedIsThere() throws IOException {
        write("proc/filesystems", "\text4\n");
        write("lib/modules/6.18.0/modules.alias", "alias fs-xfs xfs\nalias fs-nfs4 nfsv4\n");

        assertThat(look(true, PROGRAMS)).allMatch(finding -> finding.weight() == Weight.FINE);
    }

    @Test
    void inAContainerWithoutTheHostsModulesNothingIsClaimedToBeMissing() throws IOException {
        write("proc/filesystems", "nodev\tsysfs\n");
        Files.delete(root.resolve("lib/modules/6.18.0/modules.alias"));

        List<Finding> findings = look(true, PROGRAMS);

        assertThat(findings).noneMatch(finding -> finding.weight() == Weight.NEEDED);
        assertThat(findings)
                .anyMatch(finding ->
                        finding.weight() == Weight.MISSED && finding.text().contains("not known without the host's"));
    }

    @Test
    void aDiskThatIsNotThereIsNeeded() {
        List<Finding> findings = new Preflight(root, true, PROGRAMS::contains, List.of())
                .look(root, List.of(DiskConfiguration.at(root.resolve("nowhere"))));

        assertThat(findings.getLast().weight()).isEqualTo(Weight.NEEDED);
        assertThat(findings.getLast().text()).contains("nowhere: it does not exist");
    }

    private List<Finding> look(boolean superUser, Set<String> programs) {
        return new Preflight(root, superUser, programs::contains, List.of())
                .look(root.resolve("data/of/drover"), List.of(DiskConfiguration.at(root.resolve("disk"))));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
