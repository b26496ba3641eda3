package sluice.ledger.hub;

import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;

/**
 * A signed transaction that pays a withdrawal.
 *
 * @param txid its id, known before it is sent
 * @param bytes what is sent, the same each time
 * @param expiresAt from when on the chain no longer takes it, in seconds of Unix time
 */
public record Payment(Hash txid, BString bytes, long expiresAt) {
  public static final int MAX_BYTES = 2_048;

  public Payment {
    if (bytes.length() > MAX_BYTES || txid.length() != Hash.SHA256_BYTES) {
      throw new IllegalArgumentException("a payment of " + bytes.length() + " bytes");
    }
  }
}
