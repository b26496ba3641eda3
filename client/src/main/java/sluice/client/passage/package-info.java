/**
 * How the way to the network leads past others, as people write it: proxies, what is bound, what
 * may be asked. What cannot be meant is an {@link IllegalArgumentException} whose message is for
 * users and repeats no password. Values and pure functions, any thread.
 */
@NullMarked
package sluice.client.passage;

import org.jspecify.annotations.NullMarked;
