@NullMarked
package io.drover.controller.attachment;

import org.jspecify.annotations.NullMarked;
