@NullMarked
package io.drover.controller.debris;

import org.jspecify.annotations.NullMarked;
