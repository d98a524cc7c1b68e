/**
 * Drover on one host without a cluster: all services in one process, wired floor by floor from the system calls up to the sockets,
 * with the records in a folder of YAML files. {@link io.drover.standalone.Standalone} shows the whole house in one method.
 */
@NullMarked
package io.drover.standalone;

import org.jspecify.annotations.NullMarked;
