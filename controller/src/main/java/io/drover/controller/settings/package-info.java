/** The driver's settings: read for each operation, shown and changed by people. */
@NullMarked
package io.drover.controller.settings;

import org.jspecify.annotations.NullMarked;
