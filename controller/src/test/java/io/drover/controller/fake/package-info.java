@NullMarked
package io.drover.controller.fake;

import org.jspecify.annotations.NullMarked;
