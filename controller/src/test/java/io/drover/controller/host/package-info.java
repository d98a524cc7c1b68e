@NullMarked
package io.drover.controller.host;

import org.jspecify.annotations.NullMarked;
