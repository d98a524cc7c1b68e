@NullMarked
package io.drover.controller.trouble;

import org.jspecify.annotations.NullMarked;
