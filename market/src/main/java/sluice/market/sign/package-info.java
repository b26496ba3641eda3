/**
 * Keys, signatures and signed objects of the bandwidth market: secp256k1 over Keccak-256 digests of
 * typed data (EIP-712, TIP-712). Signatures are canonical (low s, recovery 27 or 28); an object is
 * named by its digest, never by its signature. No security provider is used or installed. Pure, any
 * thread.
 */
@NullMarked
package sluice.market.sign;

import org.jspecify.annotations.NullMarked;
