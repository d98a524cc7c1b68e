@NullMarked
package io.drover.controller.metrics;

import org.jspecify.annotations.NullMarked;
