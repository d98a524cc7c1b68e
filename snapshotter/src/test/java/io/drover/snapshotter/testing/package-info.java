/** What tests of several modules need: a real S3 server, and a proxy in front of it that makes it fail on command. */
@NullMarked
package io.drover.snapshotter.testing;

import org.jspecify.annotations.NullMarked;
