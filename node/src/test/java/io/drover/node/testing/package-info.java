/** What tests on the real host share: file systems on loop devices that go away whatever happens. */
@NullMarked
package io.drover.node.testing;

import org.jspecify.annotations.NullMarked;
