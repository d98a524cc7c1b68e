/** What is mounted where, as the kernel says, and the mount options that users may give. Used by the packages of this app. */
@NullMarked
package io.drover.node.mount;

import org.jspecify.annotations.NullMarked;
