/**
 * Backups: made, continued, deleted, listed and restored; and the targets that they go to. A backup is a local snapshot, then an upload
 * by the mover of its host; the record says how far that is, the store alone says what is there. Long work is done by movers: each call
 * here starts it or finds it under way, waits a little, and answers how it stands.
 *
 * <pre>
 *  create: record PENDING ─▶ snapshot ─▶ record UPLOADING ─▶ mover uploads ─▶ record READY ─▶ older bases go
 *  delete: record DELETING ─▶ upload cancelled ─▶ mover deletes ─▶ local snapshot goes ─▶ no record
 *  restore (by the creation of a volume): blank replica ─▶ mover fills it ─▶ volume READY
 * </pre>
 *
 * Credentials come from the {@code CredentialStore} or with the call, and are kept nowhere else.
 */
@NullMarked
package io.drover.controller.backup;

import org.jspecify.annotations.NullMarked;
