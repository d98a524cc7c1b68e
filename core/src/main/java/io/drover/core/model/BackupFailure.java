package io.drover.core.model;

import io.drover.core.error.ErrorCode;

/** Why the latest attempt of something ended. */
public record BackupFailure(ErrorCode code, String message) {}
