/**
 * A chain in this process behind the services of a real node: signatures, references, expiry,
 * duplicates, bandwidth, fees and tokens as java-tron has them, time by hand, and all that can go
 * wrong with chains and nodes. For tests and for people who try things out; its coins are worth
 * nothing. {@link DevChain} is guarded by itself; the services run on gRPC's threads.
 */
@NullMarked
package sluice.tron.devnet;

import org.jspecify.annotations.NullMarked;
