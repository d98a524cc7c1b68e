@NullMarked
package io.drover.controller.csi;

import org.jspecify.annotations.NullMarked;
