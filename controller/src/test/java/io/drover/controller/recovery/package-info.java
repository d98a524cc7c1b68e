@NullMarked
package io.drover.controller.recovery;

import org.jspecify.annotations.NullMarked;
