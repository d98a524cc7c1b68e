/** Tests of the TLS folder, and certificates for tests. */
@NullMarked
package io.drover.core.tls;

import org.jspecify.annotations.NullMarked;
