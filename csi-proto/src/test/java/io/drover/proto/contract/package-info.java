/** Holds the wire contract: our csi.proto is the published one, number by number. */
@NullMarked
package io.drover.proto.contract;

import org.jspecify.annotations.NullMarked;
