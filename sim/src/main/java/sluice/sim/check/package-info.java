/** What must hold during and at the end of every simulated history. One thread. */
@NullMarked
package sluice.sim.check;

import org.jspecify.annotations.NullMarked;
