/**
 * The DHT (BEP 5, 32, 33, 42 to 45, 51): a node for each address that is listened at, with its
 * table, its answers and its look-ups.
 *
 * <p>Invariants: a contact is in a table only after it has answered from its address; every
 * collection has a named maximum; what an address that has proved nothing gets is bounded by what
 * it sent. Thread: the loop.
 */
@NullMarked
package sluice.engine.dht;

import org.jspecify.annotations.NullMarked;
