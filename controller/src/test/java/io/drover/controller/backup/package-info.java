@NullMarked
package io.drover.controller.backup;

import org.jspecify.annotations.NullMarked;
