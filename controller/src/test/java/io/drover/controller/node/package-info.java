@NullMarked
package io.drover.controller.node;

import org.jspecify.annotations.NullMarked;
