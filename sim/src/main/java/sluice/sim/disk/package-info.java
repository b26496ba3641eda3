/**
 * The simulated disk: content that is a function of a seed, real verification, costs, faults by
 * script, and the loss of what was not forced when a process dies. One thread.
 */
@NullMarked
package sluice.sim.disk;

import org.jspecify.annotations.NullMarked;
