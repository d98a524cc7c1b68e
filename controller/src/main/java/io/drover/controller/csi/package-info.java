/**
 * The CSI services of the controller: Identity, Controller, GroupController, SnapshotMetadata. Each method checks and parses its request,
 * calls one plain service, and turns the answer into a message. Secrets in requests are credentials of a
 * backup store that is given by URL; they are handed on and not kept.
 */
@NullMarked
package io.drover.controller.csi;

import org.jspecify.annotations.NullMarked;
