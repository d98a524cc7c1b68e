/**
 * Where the records of what exists are kept. One port, two implementations to come: a directory of YAML files (standalone) and
 * Kubernetes resources. A record is the truth about what is wanted and decided; it is no queue of messages.
 */
@NullMarked
package io.drover.core.store;

import org.jspecify.annotations.NullMarked;
