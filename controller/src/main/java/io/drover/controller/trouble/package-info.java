/** What people should notice: failures that are in the records are told once, as events on the objects that they are about. */
@NullMarked
package io.drover.controller.trouble;

import org.jspecify.annotations.NullMarked;
