@NullMarked
package io.drover.core.credentials;

import org.jspecify.annotations.NullMarked;
