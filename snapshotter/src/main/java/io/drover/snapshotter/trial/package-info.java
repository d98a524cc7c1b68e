/** A real S3 server to try things with, for the demo, the bench and tests. Nothing that serves users needs it. */
@NullMarked
package io.drover.snapshotter.trial;

import org.jspecify.annotations.NullMarked;
