@NullMarked
package io.drover.bench;

import org.jspecify.annotations.NullMarked;
