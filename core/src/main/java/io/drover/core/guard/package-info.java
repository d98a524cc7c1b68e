/** One operation on an object at a time; whoever comes second is told so at once and does not wait. */
@NullMarked
package io.drover.core.guard;

import org.jspecify.annotations.NullMarked;
