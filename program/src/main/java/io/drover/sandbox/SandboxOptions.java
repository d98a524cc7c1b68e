package io.drover.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a sandbox is made of.
 *
 * @param parent directory in which the sandbox's own is made; its file system carries the pool
 * @param purpose one word that becomes part of the directory's name
 * @param poolBytes size of the pool, which takes only the space that is written
 * @param engine "btrfs" or "xfs"; if empty, the driver chooses
 * @param serverArguments more arguments for {@code drover standalone}
 */
public record SandboxOptions(
        Path parent, String purpose, long poolBytes, Optional<String> engine, List<String> serverArguments) {
    public SandboxOptions {
        serverArguments = List.copyOf(serverArguments);
    }
}
