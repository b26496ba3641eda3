/**
 * A tracker as a program or a program's part: {@link sluice.tracker.Tracker} opens the sockets and
 * keeps time, the packages below do the work. Any thread.
 */
@NullMarked
package sluice.tracker;

import org.jspecify.annotations.NullMarked;
