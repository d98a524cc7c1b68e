@NullMarked
package io.drover.controller.group;

import org.jspecify.annotations.NullMarked;
