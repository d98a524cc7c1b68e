@NullMarked
package io.drover.controller.page;

import org.jspecify.annotations.NullMarked;
