/**
 * Locks of a store's volumes, by Longhorn's rules: whoever makes or restores a backup keeps out whoever deletes. There is no server behind
 * them, only files with the server's times.
 */
@NullMarked
package io.drover.snapshotter.lock;

import org.jspecify.annotations.NullMarked;
