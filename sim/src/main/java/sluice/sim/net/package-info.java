/**
 * The simulated network: streams, datagrams, names, HTTP sites and a tracker. Handlers run in
 * events of the loop that owns them and never inside a call; bytes of a stream keep their order.
 * Everything happens on the one thread of the world.
 */
@NullMarked
package sluice.sim.net;

import org.jspecify.annotations.NullMarked;
