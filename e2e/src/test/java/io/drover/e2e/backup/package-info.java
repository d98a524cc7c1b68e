/** Backups as a client of the program sees them, with the store's files looked at past it. */
@NullMarked
package io.drover.e2e.backup;

import org.jspecify.annotations.NullMarked;
