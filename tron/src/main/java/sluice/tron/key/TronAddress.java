package sluice.tron.key;

import java.util.Arrays;
import java.util.Optional;
import sluice.market.sign.PayAddress;

/**
 * An address as TRON writes it: 0x41 and the account's 20 bytes, in Base58Check. It is the same on
 * all networks of TRON: nothing in it says on which one.
 */
public record TronAddress(PayAddress account) {
  /** Length with the first byte. */
  public static final int BYTES = 21;

  private static final byte FIRST = 0x41;

  /** The address in its text form; empty if that is none. */
  public static Optional<TronAddress> parse(String text) {
    return Base58.decode(text, BYTES).flatMap(TronAddress::of);
  }

  /** The address of 21 bytes; empty if they are none. */
  public static Optional<TronAddress> of(byte[] bytes) {
    return bytes.length == BYTES && bytes[0] == FIRST
        ? Optional.of(new TronAddress(PayAddress.of(Arrays.copyOfRange(bytes, 1, BYTES))))
        : Optional.empty();
  }

  /** 21 bytes. */
  public byte[] bytes() {
    byte[] out = new byte[BYTES];
    out[0] = FIRST;
    System.arraycopy(account.bytes().bytes(), 0, out, 1, PayAddress.BYTES);
    return out;
  }

  /** 34 digits that begin with T. */
  public String text() {
    return Base58.encode(bytes());
  }

  @Override
  public String toString() {
    return text();
  }
}
