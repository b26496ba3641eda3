/**
 * Message Stream Encryption (MSE/PE): the handshake that hides a connection of BitTorrent, and the
 * ciphers that follow it. It is described in public documents, not in a BEP; it hides traffic and
 * does not authenticate the peer.
 *
 * <p>Invariants: what a peer sends before the ciphers is bounded, byte by byte; randomness is an
 * argument. Pure; each object belongs to one connection.
 */
@NullMarked
package sluice.protocol.mse;

import org.jspecify.annotations.NullMarked;
