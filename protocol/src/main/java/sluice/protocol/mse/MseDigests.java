package sluice.protocol.mse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import sluice.protocol.digest.Digests;
import sluice.protocol.digest.Hash;

/** The digests of MSE: S is the shared secret, SKEY the info-hash of 20 bytes. */
final class MseDigests {
  private MseDigests() {}

  /** By which the responder finds the end of the initiator's pad. */
  static byte[] req1(byte[] secret) {
    return digest("req1", secret);
  }

  /** By which the responder finds the torrent. */
  static byte[] req2(Hash skey) {
    return digest("req2", skey.bytes());
  }

  /** Hides {@link #req2}. */
  static byte[] req3(byte[] secret) {
    return digest("req3", secret);
  }

  /** The cipher from the initiator to the responder. */
  static Rc4 initiatorCipher(byte[] secret, Hash skey) {
    return new Rc4(digest("keyA", secret, skey.bytes()));
  }

  /** The cipher from the responder to the initiator. */
  static Rc4 responderCipher(byte[] secret, Hash skey) {
    return new Rc4(digest("keyB", secret, skey.bytes()));
  }

  static byte[] xor(byte[] a, byte[] b) {
    byte[] out = a.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] ^= b[i];
    }
    return out;
  }

  private static byte[] digest(String name, byte[]... parts) {
    MessageDigest sha1 = Digests.sha1();
    sha1.update(name.getBytes(US_ASCII));
    for (byte[] part : parts) {
      sha1.update(part);
    }
    return sha1.digest();
  }
}
