package sluice.protocol.digest;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable digest of 20 bytes (SHA-1) or 32 bytes (SHA-256). */
public final class Hash implements Comparable<Hash> {
  public static final int SHA1_BYTES = 20;
  public static final int SHA256_BYTES = 32;

  private final byte[] bytes;

  private Hash(byte[] owned) {
    if (owned.length != SHA1_BYTES && owned.length != SHA256_BYTES) {
      throw new IllegalArgumentException("a hash has 20 or 32 bytes, not " + owned.length);
    }
    bytes = owned;
  }

  /** Copies {@code bytes}, which must be 20 or 32 long. */
  public static Hash of(byte[] bytes) {
    return new Hash(bytes.clone());
  }

  /** Copies {@code length} bytes from {@code offset}. */
  public static Hash of(byte[] bytes, int offset, int length) {
    return new Hash(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /** Parses 40 or 64 hexadecimal digits. */
  public static Hash ofHex(String hex) {
    return new Hash(HexFormat.of().parseHex(hex));
  }

  /** The SHA-1 of {@code data}. */
  public static Hash sha1(byte[] data) {
    return new Hash(Digests.sha1().digest(data));
  }

  /** The SHA-256 of {@code data}. */
  public static Hash sha256(byte[] data) {
    return new Hash(Digests.sha256().digest(data));
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Length in bytes: 20 or 32. */
  public int length() {
    return bytes.length;
  }

  /** Whether these are the same bytes as {@code other}, without copying. */
  public boolean matches(byte[] other) {
    return Arrays.equals(bytes, other);
  }

  /** The first 20 bytes: how handshakes, trackers and the DHT name a v2 torrent (BEP 52). */
  public Hash truncated() {
    return bytes.length == SHA1_BYTES ? this : new Hash(Arrays.copyOf(bytes, SHA1_BYTES));
  }

  /** Lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public int compareTo(Hash other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
