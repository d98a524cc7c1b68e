package io.drover.controller.volume;

/**
 * How a volume is.
 *
 * @param abnormal whether somebody should look
 * @param message one line, with what to do if abnormal
 */
public record VolumeCondition(boolean abnormal, String message) {}
