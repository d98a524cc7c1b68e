@NullMarked
package io.drover.controller.metadata;

import org.jspecify.annotations.NullMarked;
