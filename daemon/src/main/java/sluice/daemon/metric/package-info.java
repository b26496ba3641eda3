/** Counters and their text for Prometheus. Knows nothing of what is counted. Any thread. */
@NullMarked
package sluice.daemon.metric;

import org.jspecify.annotations.NullMarked;
