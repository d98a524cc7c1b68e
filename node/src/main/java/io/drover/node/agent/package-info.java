/**
 * The agent's gRPC service: what the controller asks a host to do, in {@code drover/agent.proto}. It reads messages, calls
 * {@code node.replica} and writes messages; nothing is decided here. The only package of this kind besides {@code node.csi}.
 */
@NullMarked
package io.drover.node.agent;

import org.jspecify.annotations.NullMarked;
