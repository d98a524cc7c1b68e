/**
 * Where a replica lies: named filters over the disks, then weights. Pure: it reads what it is given and reaches nothing. Every disk that
 * is passed over has its reason, and a failure lists them all.
 */
@NullMarked
package io.drover.controller.placement;

import org.jspecify.annotations.NullMarked;
