package sluice.protocol.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The 20 bytes by which a client calls itself (BEP 20). Immutable. */
public final class PeerId implements Comparable<PeerId> {
  public static final int BYTES = 20;

  private final byte[] bytes;

  /** Copies {@code bytes}, which must be 20 long. */
  public PeerId(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a peer id has 20 bytes, not " + bytes.length);
    }
    this.bytes = bytes.clone();
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public int compareTo(PeerId other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PeerId that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The bytes with what is not printable ASCII replaced by a dot. */
  @Override
  public String toString() {
    byte[] shown = bytes.clone();
    for (int i = 0; i < shown.length; i++) {
      if (shown[i] < 0x20 || shown[i] > 0x7e) {
        shown[i] = '.';
      }
    }
    return new String(shown, StandardCharsets.US_ASCII);
  }
}
