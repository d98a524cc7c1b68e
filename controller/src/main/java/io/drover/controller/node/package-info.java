/**
 * The records of hosts. Each host that was ever seen has one; a host without an agent is known by it, and away, and never taken for one
 * that has nothing. Whoever removes a host for good removes its record.
 */
@NullMarked
package io.drover.controller.node;

import org.jspecify.annotations.NullMarked;
