@NullMarked
package io.drover.sandbox;

import org.jspecify.annotations.NullMarked;
