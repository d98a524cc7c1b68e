/**
 * Long work as something that can be watched, waited for, cancelled and begun again: its states, its progress, and the limits it keeps.
 * What the work does is elsewhere.
 */
@NullMarked
package io.drover.snapshotter.transfer;

import org.jspecify.annotations.NullMarked;
