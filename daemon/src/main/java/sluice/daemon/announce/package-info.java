/** A tracker inside of the daemon, for those who want one without running another program. */
@NullMarked
package sluice.daemon.announce;

import org.jspecify.annotations.NullMarked;
