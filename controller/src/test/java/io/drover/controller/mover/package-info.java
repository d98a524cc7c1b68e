@NullMarked
package io.drover.controller.mover;

import org.jspecify.annotations.NullMarked;
