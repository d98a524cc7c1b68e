/**
 * Group snapshots: snapshots of several volumes of one moment, taken by one question to the host that holds them all, which freezes every
 * member before it clones the first.
 */
@NullMarked
package io.drover.controller.group;

import org.jspecify.annotations.NullMarked;
