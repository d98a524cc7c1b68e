/** The CSI contract from outside: the community's conformance suite, malformed requests, and disks in a bad state. */
@NullMarked
package io.drover.e2e.csi;

import org.jspecify.annotations.NullMarked;
