/**
 * The Merkle hashes of BEP 52 in a swarm: what is known, what peers are asked for, what they are
 * answered. No hash is believed that does not lead to a pieces root. Loop only.
 */
@NullMarked
package sluice.engine.hash;

import org.jspecify.annotations.NullMarked;
