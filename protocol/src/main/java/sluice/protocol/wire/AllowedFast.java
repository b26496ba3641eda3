package sluice.protocol.wire;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.stream.IntStream;
import sluice.protocol.digest.Digests;
import sluice.protocol.digest.Hash;

/**
 * The pieces that a peer may ask for while choked (BEP 6): the same for all peers of a network, so
 * that many connections gain nothing. A peer is told its set and never computes it; therefore the
 * rule for IPv6, which BEP 6 does not give, is ours: the network is the /64.
 */
public final class AllowedFast {
  /** Most pieces of a set. */
  public static final int MAX_PIECES = 64;

  private static final int IPV4_NETWORK_BYTES = 3;
  private static final int IPV6_NETWORK_BYTES = 8;

  private AllowedFast() {}

  /**
   * Different pieces in the order of BEP 6.
   *
   * @param infoHash 20 bytes, as in the handshake
   * @param peer the receiver of the set
   * @param pieceCount pieces of the torrent
   * @param count pieces wanted; less come if the torrent has less
   */
  public static int[] pieces(Hash infoHash, InetAddress peer, int pieceCount, int count) {
    if (count < 0 || count > MAX_PIECES) {
      throw new IllegalArgumentException("a set of " + count + " pieces");
    }
    if (count >= pieceCount) {
      return IntStream.range(0, pieceCount).toArray();
    }
    MessageDigest digest = Digests.sha1();
    digest.update(network(peer));
    byte[] hash = digest.digest(infoHash.bytes());
    int[] pieces = new int[count];
    int n = 0;
    while (n < count) {
      for (int i = 0; i < hash.length && n < count; i += Integer.BYTES) {
        int piece = Integer.remainderUnsigned(ByteBuffer.wrap(hash).getInt(i), pieceCount);
        if (IntStream.of(pieces).limit(n).noneMatch(p -> p == piece)) {
          pieces[n++] = piece;
        }
      }
      hash = digest.digest(hash);
    }
    return pieces;
  }

  private static byte[] network(InetAddress peer) {
    byte[] address = peer.getAddress();
    int kept = peer instanceof Inet4Address ? IPV4_NETWORK_BYTES : IPV6_NETWORK_BYTES;
    for (int i = kept; i < address.length; i++) {
      address[i] = 0;
    }
    return address;
  }
}
