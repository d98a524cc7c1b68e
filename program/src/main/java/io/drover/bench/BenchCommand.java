package io.drover.bench;

import picocli.CommandLine.Command;

/** {@code drover bench}. */
@Command(
        name = "bench",
        description = {
            "Measures Drover on this host, with a throw-away driver and a disk in a sparse file.",
            "Needs root, fio, some GiB of free space and minutes of time; leaves nothing behind."
        },
        synopsisSubcommandLabel = "io|snapshot|idle|backup|restore",
        footer = {
            "",
            "Examples:",
            "  drover bench io --quick",
            "  drover bench snapshot --engine btrfs --many 10000 -o json --output-file snapshots.json",
            "  drover bench backup --size 20Gi --engine btrfs"
        },
        subcommands = {
            BenchIoCommand.class,
            BenchSnapshotCommand.class,
            BenchIdleCommand.class,
            BenchBackupCommand.class,
            BenchRestoreCommand.class
        })
public final class BenchCommand {
    /** Made by picocli. */
    public BenchCommand() {}
}
