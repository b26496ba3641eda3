/**
 * Virtual time, seeded chance, loops and block memory. One event runs at a time, in the order of
 * time and then of scheduling, so that a seed gives one history. One thread.
 */
@NullMarked
package sluice.sim.world;

import org.jspecify.annotations.NullMarked;
