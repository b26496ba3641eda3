package sluice.market.sign;

import org.bouncycastle.crypto.digests.KeccakDigest;
import sluice.protocol.digest.Hash;

/** Keccak-256 with the padding of the original submission, as Ethereum and TRON use it. */
public final class Keccak {
  private Keccak() {}

  /** The digest of {@code parts}, one behind the other. */
  public static Hash of(byte[]... parts) {
    KeccakDigest digest = new KeccakDigest(256);
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] out = new byte[Hash.SHA256_BYTES];
    digest.doFinal(out, 0);
    return Hash.of(out);
  }
}
