package io.drover.snapshotter.mover;

import io.drover.snapshotter.target.TargetAddress;
import io.drover.snapshotter.target.TargetCredentials;

/** A target that a request names, with what it takes to use it. The credentials do not show in its text. */
record StoreTarget(TargetAddress address, TargetCredentials credentials) {}
