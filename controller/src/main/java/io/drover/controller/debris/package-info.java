/**
 * Work that an earlier process left half done. Deletions, reverts and uploads are finished at the start, since their outcome is decided; other creations
 * wait for their caller, who alone knows whether the object is still wanted, and show in the condition until then.
 */
@NullMarked
package io.drover.controller.debris;

import org.jspecify.annotations.NullMarked;
