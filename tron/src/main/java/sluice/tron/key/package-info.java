/**
 * Keys and addresses of TRON: Base58Check, mnemonics (BIP 39) and derivation (BIP 32, BIP 44). The
 * curve and the hashes are those of module {@code market}; no security provider is installed. Pure,
 * any thread.
 */
@NullMarked
package sluice.tron.key;

import org.jspecify.annotations.NullMarked;
