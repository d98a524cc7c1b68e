/**
 * What users set as text, typed once at the edge: parameters of StorageClass, VolumeSnapshotClass and VolumeAttributesClass, and the
 * settings. Each key is declared once ({@code VolumeKeys}, {@code SnapshotKeys}, {@code SettingKeys}) with its type, default and
 * meaning; reading, writing and {@code docs/parameters.md} come from there. No files, no network.
 */
@NullMarked
package io.drover.core.parameters;

import org.jspecify.annotations.NullMarked;
