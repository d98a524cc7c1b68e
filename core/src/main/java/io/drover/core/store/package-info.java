/**
 * Where the records of what exists are kept. One port; here a directory of YAML files (standalone) and memory, in
 * {@code core.kubernetes} Kubernetes resources. A record is the truth about what is wanted and decided; it is no queue of messages.
 */
@NullMarked
package io.drover.core.store;

import org.jspecify.annotations.NullMarked;
