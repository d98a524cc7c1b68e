package io.drover.controller.backup;

import io.drover.controller.mover.Transfer;
import io.drover.core.model.Backup;
import java.util.Optional;

/**
 * How a backup stands.
 *
 * @param transfer as the mover tells, where it was asked and answered
 * @param begun whether this very call began it, so that nobody was told of it before
 */
public record BackupProgress(Backup backup, Optional<Transfer> transfer, boolean begun) {}
