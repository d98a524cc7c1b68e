/** Where the program begins: the tree of its commands. Sees all other packages of this module; nobody sees it. */
@NullMarked
package io.drover.app;

import org.jspecify.annotations.NullMarked;
