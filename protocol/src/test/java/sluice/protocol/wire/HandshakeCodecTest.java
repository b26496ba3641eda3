package sluice.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.protocol.digest.Hash;

/** Handshakes there and back, and strangers. */
class HandshakeCodecTest {
  private static final Hash HASH = Hash.ofHex("000102030405060708090a0b0c0d0e0f10111213");
  private static final PeerId ID =
      new PeerId("-SL0100-abcdefghijkl".getBytes(StandardCharsets.US_ASCII));

  @Test
  void reservedBitsAreThoseOfBep4() {
    assertThat(reserved(true, false, false, false)).isEqualTo("0000000000100000");
    assertThat(reserved(false, true, false, false)).isEqualTo("0000000000000004");
    assertThat(reserved(false, false, true, false)).isEqualTo("0000000000000001");
    assertThat(reserved(false, false, false, true)).isEqualTo("0000000000000010");
  }

  private static String reserved(boolean extensions, boolean fast, boolean dht, boolean v2) {
    byte[] bytes = HandshakeCodec.encode(new Handshake(extensions, fast, dht, v2, HASH, ID));
    return HexFormat.of().formatHex(bytes, 20, 28);
  }

  @Test
  void comesBackWhateverTheFragments() {
    for (int bits = 0; bits < 16; bits++) {
      Handshake sent =
          new Handshake(
              (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0, HASH, ID);
      ByteBuffer in = ByteBuffer.allocate(70).put(HandshakeCodec.encode(sent)).clear();
      HandshakeCodec codec = new HandshakeCodec();
      for (int i = 1; i < 68; i++) {
        assertThat(codec.feed(in.limit(i))).isEmpty();
        assertThat(codec.infoHash()).isEqualTo(i >= 48 ? Optional.of(HASH) : Optional.empty());
      }
      assertThat(codec.feed(in.limit(70))).contains(sent);
      assertThat(in.remaining()).isEqualTo(2);
    }
  }

  @Test
  void unknownReservedBitsAreIgnored() {
    byte[] bytes = HandshakeCodec.encode(new Handshake(true, true, true, true, HASH, ID));
    for (int i = 20; i < 28; i++) {
      bytes[i] = -1;
    }
    assertThat(new HandshakeCodec().feed(ByteBuffer.wrap(bytes)))
        .contains(new Handshake(true, true, true, true, HASH, ID));
  }

  @Test
  void aStrangerIsRefusedAtTheFirstWrongByte() {
    for (String other : new String[] {"G", "\u0013bit", "\u0013BitTorrent protocoL", "\u0012"}) {
      ByteBuffer in = ByteBuffer.wrap(other.getBytes(StandardCharsets.US_ASCII));
      assertThat(HandshakeCodec.isPlain(in)).isFalse();
      assertThatExceptionOfType(ProtocolException.class)
          .isThrownBy(() -> new HandshakeCodec().feed(in))
          .satisfies(e -> assertThat(e.violation()).isEqualTo(Violation.BAD_HANDSHAKE));
    }
    assertThat(HandshakeCodec.isPlain(ByteBuffer.wrap(new byte[] {19, 'B'}))).isTrue();
  }
}
