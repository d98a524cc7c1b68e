/** Where backups are kept: the addresses and credentials of targets, and their files, whatever carries them. */
@NullMarked
package io.drover.snapshotter.target;

import org.jspecify.annotations.NullMarked;
