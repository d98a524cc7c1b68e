package io.drover.core.sys;

import java.nio.file.Path;
import java.util.List;

/**
 * One line of {@code /proc/self/mountinfo} (proc_pid_mountinfo(5)), with its escapes undone.
 *
 * @param id unique among the mounts of now
 * @param parent id of the mount that this one lies on
 * @param device {@code major:minor} of the file system; the anonymous {@code 0:n} on btrfs
 * @param root the directory of the file system that is mounted, {@code /} unless it is a bind mount or a btrfs subvolume
 * @param target where it is mounted
 * @param options per mount: {@code rw}, {@code ro}, {@code noatime}, …
 * @param fields optional fields such as {@code shared:12}
 * @param type such as {@code ext4}
 * @param source such as {@code /dev/loop3}; the device node's name at the time of the mount
 * @param superOptions of the file system as a whole
 */
public record Mount(
        int id,
        int parent,
        DeviceNumber device,
        String root,
        Path target,
        List<String> options,
        List<String> fields,
        String type,
        String source,
        List<String> superOptions) {
    public Mount {
        options = List.copyOf(options);
        fields = List.copyOf(fields);
        superOptions = List.copyOf(superOptions);
    }

    /** Whether writing is refused here, by this mount or by its whole file system. */
    public boolean isReadOnly() {
        return options.contains("ro") || superOptions.contains("ro");
    }
}
