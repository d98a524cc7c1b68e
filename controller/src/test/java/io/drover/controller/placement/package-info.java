@NullMarked
package io.drover.controller.placement;

import org.jspecify.annotations.NullMarked;
