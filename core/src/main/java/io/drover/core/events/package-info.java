/** What people should notice of an object of theirs, as a port. In {@code core.kubernetes} it is an Event of the API. */
@NullMarked
package io.drover.core.events;

import org.jspecify.annotations.NullMarked;
