/**
 * Limits as people write them: classes of bandwidth, the peers that belong to them, and what holds
 * at which time of the week. What cannot be meant is an {@link IllegalArgumentException} whose
 * message is for users. Pure, any thread.
 */
@NullMarked
package sluice.client.limit;

import org.jspecify.annotations.NullMarked;
