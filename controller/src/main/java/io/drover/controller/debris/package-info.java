/**
 * Work that an earlier process left half done. Deletions and reverts are finished at the start, since their outcome is decided; creations
 * wait for their caller, who alone knows whether the object is still wanted, and show in the condition until then.
 */
@NullMarked
package io.drover.controller.debris;

import org.jspecify.annotations.NullMarked;
