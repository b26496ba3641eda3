/** Numbers in the text formats of Prometheus and OpenMetrics. */
@NullMarked
package sluice.metrics;

import org.jspecify.annotations.NullMarked;
