/** What people ask of a running Drover, over the same services as CSI. */
@NullMarked
package io.drover.controller.operations;

import org.jspecify.annotations.NullMarked;
