/**
 * Tells programs and web servers of the user what happens: nothing here waits for them, and what
 * they do is not the daemon's. Any thread.
 */
@NullMarked
package sluice.daemon.notice;

import org.jspecify.annotations.NullMarked;
