package sluice.protocol.announce;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.PeerId;

/** Requests for tests. */
final class Announces {
  static final Hash HASH = Hash.ofHex("0001027f80ff2d2e5f7e3d265a615a3920252b2f");
  static final PeerId ID =
      new PeerId("-SL0100-abcdefghij\u0001~".getBytes(StandardCharsets.US_ASCII));

  private Announces() {}

  static AnnounceRequest request(AnnounceRequest.Event event, int numWant) {
    return new AnnounceRequest(
        HASH, ID, 6881, 5, 7, 1L << 40, event, numWant, 0xbeef, Optional.empty());
  }

  static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
