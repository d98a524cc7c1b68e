/**
 * Named points between the steps of every operation that changes something, at which tests end the process or fail a call. Nothing
 * happens at them in production.
 */
@NullMarked
package io.drover.core.fault;

import org.jspecify.annotations.NullMarked;
