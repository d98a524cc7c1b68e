/**
 * Who a process is and whom it believes, from a folder as a Kubernetes TLS Secret has it: {@code tls.crt}, {@code tls.key},
 * {@code ca.crt}. JDK only. Renewed files are taken at the next connection. For {@code core.rpc} and the wiring.
 */
@NullMarked
package io.drover.core.tls;

import org.jspecify.annotations.NullMarked;
