/**
 * The commands with which a person uses a running Drover, over its operations socket and its CSI socket: read the arguments, make one
 * call, print the answer as a table, JSON or YAML. What goes wrong becomes one readable line and an {@link io.drover.cli.ExitCode}.
 */
@NullMarked
package io.drover.cli;

import org.jspecify.annotations.NullMarked;
