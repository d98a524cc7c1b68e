/** Makes lost records anew from what is written beside the data. */
@NullMarked
package io.drover.controller.recovery;

import org.jspecify.annotations.NullMarked;
