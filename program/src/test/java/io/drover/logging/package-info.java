@NullMarked
package io.drover.logging;

import org.jspecify.annotations.NullMarked;
