@NullMarked
package io.drover.controller.operations;

import org.jspecify.annotations.NullMarked;
