@NullMarked
package io.drover.app;

import org.jspecify.annotations.NullMarked;
