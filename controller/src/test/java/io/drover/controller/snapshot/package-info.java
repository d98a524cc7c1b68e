@NullMarked
package io.drover.controller.snapshot;

import org.jspecify.annotations.NullMarked;
