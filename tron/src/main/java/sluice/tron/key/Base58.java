package sluice.tron.key;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import sluice.protocol.digest.Hash;

/** Base58Check: bytes with four bytes of their double SHA-256, in 58 digits. No state. */
final class Base58 {
  private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
  private static final int CHECK_BYTES = 4;
  private static final int MAX_DIGITS = 64;

  private Base58() {}

  static String encode(byte[] data) {
    byte[] checked = Arrays.copyOf(data, data.length + CHECK_BYTES);
    System.arraycopy(check(data), 0, checked, data.length, CHECK_BYTES);
    StringBuilder text = new StringBuilder();
    for (BigInteger rest = new BigInteger(1, checked); rest.signum() > 0; ) {
      BigInteger[] parts = rest.divideAndRemainder(BASE);
      text.append(DIGITS.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    for (int i = 0; i < checked.length && checked[i] == 0; i++) {
      text.append(DIGITS.charAt(0));
    }
    return text.reverse().toString();
  }

  /** The bytes; empty if the text has other digits, another check or another length. */
  static Optional<byte[]> decode(String text, int length) {
    if (text.isEmpty() || text.length() > MAX_DIGITS) {
      return Optional.empty();
    }
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < text.length(); i++) {
      int digit = DIGITS.indexOf(text.charAt(i));
      if (digit < 0) {
        return Optional.empty();
      }
      number = number.multiply(BASE).add(BigInteger.valueOf(digit));
    }
    byte[] signed = number.toByteArray();
    int skip = signed[0] == 0 ? 1 : 0;
    if (signed.length - skip > length + CHECK_BYTES) {
      return Optional.empty();
    }
    byte[] checked = new byte[length + CHECK_BYTES];
    int size = signed.length - skip;
    System.arraycopy(signed, skip, checked, checked.length - size, size);
    byte[] data = Arrays.copyOf(checked, length);
    boolean isRight =
        Arrays.equals(check(data), Arrays.copyOfRange(checked, length, checked.length))
            && encode(data).equals(text);
    return isRight ? Optional.of(data) : Optional.empty();
  }

  private static byte[] check(byte[] data) {
    return Arrays.copyOf(Hash.sha256(Hash.sha256(data).bytes()).bytes(), CHECK_BYTES);
  }
}
