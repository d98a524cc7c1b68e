@NullMarked
package io.drover.controller.volume;

import org.jspecify.annotations.NullMarked;
