package io.drover.node.freeze;

import io.drover.core.exec.Command;
import io.drover.core.exec.DetachedCommands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts programs that outlive this process's container or service too. A container runtime ends every process in the cgroup of a
 * container whose first process has ended (with a shared pid namespace there is no other way), and so does the kernel when a container
 * runs out of memory ({@code memory.oom.group}, cgroup-v2.rst). The program is therefore moved to the top of the host's cgroups. For
 * that the container has to share the host's pid namespace, and to show the host's cgroups at {@code /host/sys/fs/cgroup}.
 */
public final class OutlivingCommands implements DetachedCommands {
    private static final Logger log = LoggerFactory.getLogger(OutlivingCommands.class);
    /** The first that is there counts: in a container, on a host. */
    private static final List<Path> PLACES = List.of(Path.of("/host/sys/fs/cgroup"), Path.of("/sys/fs/cgroup"));

    private static final String MEMBERS = "cgroup.procs";

    private final DetachedCommands commands;
    private final Path cgroups;

    /** Around what starts programs that outlive this process only. */
    public OutlivingCommands(DetachedCommands commands) {
        this(commands, PLACES.stream().filter(Files::isDirectory).findFirst().orElse(PLACES.getLast()));
    }

    OutlivingCommands(DetachedCommands commands, Path cgroups) {
        this.commands = commands;
        this.cgroups = cgroups;
    }

    /** As it says there. Where the host's cgroups are out of reach, the program lives as long as the container. */
    @Override
    public ProcessHandle start(Command command) {
        ProcessHandle process = commands.start(command);
        for (Path members : tops()) {
            try {
                Files.writeString(
                        members, Long.toString(process.pid()), StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
            } catch (IOException e) {
                log.atDebug()
                        .addKeyValue("path", members)
                        .addKeyValue("pid", process.pid())
                        .log("a guard stays in the cgroup of its container: " + e);
            }
        }
        return process;
    }

    /** The one of version 2, and one per hierarchy of version 1; both may be there. */
    private List<Path> tops() {
        try (Stream<Path> hierarchies = Files.list(cgroups)) {
            return Stream.concat(
                            Stream.of(cgroups),
                            hierarchies.filter(Files::isDirectory).filter(this::isHierarchy))
                    .map(top -> top.resolve(MEMBERS))
                    .filter(Files::isWritable)
                    .toList();
        } catch (IOException e) {
            log.atDebug().addKeyValue("path", cgroups).log("the host's cgroups are out of reach: " + e);
            return List.of();
        }
    }

    /** Below version 2's top lie groups, which have this file and are no hierarchies. */
    private boolean isHierarchy(Path folder) {
        return !Files.exists(cgroups.resolve("cgroup.controllers"));
    }
}
