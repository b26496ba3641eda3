/**
 * Who is served: lists of torrents, users with passkeys and what they have moved, programs that are
 * refused. A gate is immutable but for the users' accounts; any thread.
 */
@NullMarked
package sluice.tracker.access;

import org.jspecify.annotations.NullMarked;
