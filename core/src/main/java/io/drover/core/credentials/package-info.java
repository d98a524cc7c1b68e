/**
 * The keys of backup targets, apart from the records: what is here never appears in a record, a log, an error or a status. For the part
 * of the controller that resolves targets, and for the wiring.
 */
@NullMarked
package io.drover.core.credentials;

import org.jspecify.annotations.NullMarked;
