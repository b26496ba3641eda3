package sluice.market.sign;

import java.util.HexFormat;
import java.util.Locale;
import sluice.protocol.digest.Hash;

/**
 * A request to a hub as its sender signs it: nobody can send it to another path, with another body,
 * to another hub, or much later.
 *
 * @param method GET or POST
 * @param path with the query, as it is sent
 * @param bodyHash Keccak-256 of the body
 * @param unixMillis when it was signed
 * @param nonce 16 bytes by chance, in hexadecimal digits
 */
public record SignedRequest(
    String method, String path, Hash bodyHash, long unixMillis, String nonce) {
  static final String TYPE =
      "Request(string method,string path,bytes32 bodyHash,uint64 time,bytes16 nonce)";
  private static final int NONCE_DIGITS = 32;

  public SignedRequest {
    if (unixMillis < 0 || !isNonce(nonce)) {
      throw new IllegalArgumentException("request at " + unixMillis + " with nonce " + nonce);
    }
  }

  /** Whether these are 16 bytes in lower-case hexadecimal digits. */
  public static boolean isNonce(String nonce) {
    return nonce.length() == NONCE_DIGITS
        && nonce.equals(nonce.toLowerCase(Locale.ROOT))
        && nonce.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
  }

  /** What the sender signs. */
  public Hash digest(Domain domain) {
    return new TypedData(TYPE)
        .string(method)
        .string(path)
        .bytes32(bodyHash)
        .uint(unixMillis)
        .bytesRight(HexFormat.of().parseHex(nonce))
        .digest(domain.separator());
  }
}
