/** Our own API below /api/v1, and its description. Threads: those of the requests. */
@NullMarked
package sluice.daemon.api;

import org.jspecify.annotations.NullMarked;
