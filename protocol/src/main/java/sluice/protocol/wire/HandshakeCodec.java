package sluice.protocol.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import sluice.protocol.digest.Hash;

/**
 * The handshake to bytes, and the received bytes of one connection to a handshake. Reserved bits as
 * in BEP 4; bits without a meaning here are ignored. The reader half belongs to one connection.
 */
public final class HandshakeCodec {
  private static final byte[] PROTOCOL =
      "\u0013BitTorrent protocol".getBytes(StandardCharsets.US_ASCII);

  /** Length of the name of the protocol, with which plain connections begin. */
  public static final int NAME_BYTES = 20;

  private static final int RESERVED = NAME_BYTES;
  private static final int INFO_HASH = RESERVED + 8;
  private static final int PEER_ID = INFO_HASH + Hash.SHA1_BYTES;

  private static final int EXTENSIONS_BIT = 0x10;
  private static final int DHT_BIT = 0x01;
  private static final int FAST_BIT = 0x04;
  private static final int V2_BIT = 0x10;

  private final byte[] bytes = new byte[Handshake.BYTES];
  private int count;

  /** A reader that has seen nothing. */
  public HandshakeCodec() {}

  /** The 68 bytes of {@code handshake}. */
  public static byte[] encode(Handshake handshake) {
    byte[] out = Arrays.copyOf(PROTOCOL, Handshake.BYTES);
    out[RESERVED + 5] = (byte) (handshake.extensions() ? EXTENSIONS_BIT : 0);
    out[RESERVED + 7] =
        (byte)
            ((handshake.dht() ? DHT_BIT : 0)
                | (handshake.fast() ? FAST_BIT : 0)
                | (handshake.v2() ? V2_BIT : 0));
    byte[] hash = handshake.infoHash().bytes();
    if (hash.length != Hash.SHA1_BYTES) {
      throw new IllegalArgumentException("a handshake has a hash of 20 bytes");
    }
    System.arraycopy(hash, 0, out, INFO_HASH, hash.length);
    System.arraycopy(handshake.peerId().bytes(), 0, out, PEER_ID, PeerId.BYTES);
    return out;
  }

  /** Whether {@code first} can begin a handshake, as opposed to an encrypted stream. */
  public static boolean isPlain(ByteBuffer first) {
    int n = Math.min(first.remaining(), PROTOCOL.length);
    for (int i = 0; i < n; i++) {
      if (first.get(first.position() + i) != PROTOCOL[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Takes bytes of {@code in} up to the end of the handshake and gives it once it is whole; what
   * follows it stays in {@code in}.
   *
   * @throws ProtocolException as soon as a byte of the protocol name is wrong
   */
  public Optional<Handshake> feed(ByteBuffer in) {
    int from = count;
    int n = Math.min(in.remaining(), Handshake.BYTES - count);
    in.get(bytes, count, n);
    count += n;
    for (int i = from; i < Math.min(count, PROTOCOL.length); i++) {
      if (bytes[i] != PROTOCOL[i]) {
        throw new ProtocolException(Violation.BAD_HANDSHAKE, "not BitTorrent, byte " + i);
      }
    }
    return count == Handshake.BYTES ? Optional.of(decoded()) : Optional.empty();
  }

  /** The info-hash once it has arrived, which is before the peer id that ends the handshake. */
  public Optional<Hash> infoHash() {
    return count >= PEER_ID
        ? Optional.of(Hash.of(bytes, INFO_HASH, Hash.SHA1_BYTES))
        : Optional.empty();
  }

  private Handshake decoded() {
    int last = bytes[RESERVED + 7];
    return new Handshake(
        (bytes[RESERVED + 5] & EXTENSIONS_BIT) != 0,
        (last & FAST_BIT) != 0,
        (last & DHT_BIT) != 0,
        (last & V2_BIT) != 0,
        Hash.of(bytes, INFO_HASH, Hash.SHA1_BYTES),
        new PeerId(Arrays.copyOfRange(bytes, PEER_ID, Handshake.BYTES)));
  }
}
