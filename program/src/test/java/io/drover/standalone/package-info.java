@NullMarked
package io.drover.standalone;

import org.jspecify.annotations.NullMarked;
