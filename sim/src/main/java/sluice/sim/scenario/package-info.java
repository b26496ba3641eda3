/**
 * Hosts, peers and swarms for simulated histories: what a test says in a few lines. One thread,
 * outside of all loops.
 */
@NullMarked
package sluice.sim.scenario;

import org.jspecify.annotations.NullMarked;
