package sluice.protocol.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MetadataCodecTest {

  @Test
  void messagesLookAsInBep9() {
    assertThat(latin1(new MetadataMessage.Request(0))).isEqualTo("d8:msg_typei0e5:piecei0ee");
    assertThat(latin1(new MetadataMessage.Reject(7))).isEqualTo("d8:msg_typei2e5:piecei7ee");
    assertThat(latin1(data(3, OptionalInt.of(49_155))))
        .isEqualTo("d8:msg_typei1e5:piecei3e10:total_sizei49155eeabc");
  }

  @Test
  void messagesComeBack() {
    comesBack(new MetadataMessage.Request(610));
    comesBack(new MetadataMessage.Reject(1));
    comesBack(new MetadataMessage.Unknown(9));
    comesBack(data(3, OptionalInt.of(49_155)));
    comesBack(data(3, OptionalInt.empty()));
  }

  @Test
  void decodingReadsNothingOff() {
    ByteBuffer payload = MetadataCodec.encode(data(0, OptionalInt.of(3)));
    int before = payload.remaining();
    MetadataCodec.decode(payload);
    assertThat(payload.remaining()).isEqualTo(before);
  }

  @Test
  void whatDoesNotFitIsAViolation() {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() ->
            MetadataCodec.decode(ByteBuffer.wrap("d8:msg_typei1e5:piecei0ee".getBytes(ISO_8859_1))))
        .satisfies(e -> assertThat(e.violation()).isEqualTo(Violation.BAD_EXTENSION_MESSAGE));
  }

  @Test
  void piecesAreCounted() {
    assertThat(MetadataMessage.MAX_PIECES).isEqualTo(611);
    assertThat(MetadataMessage.pieces(1)).isEqualTo(1);
    assertThat(MetadataMessage.pieces(16_384)).isEqualTo(1);
    assertThat(MetadataMessage.pieces(16_385)).isEqualTo(2);
    assertThat(MetadataMessage.length(16_385, 0)).isEqualTo(16_384);
    assertThat(MetadataMessage.length(16_385, 1)).isEqualTo(1);
  }

  private static MetadataMessage data(int piece, OptionalInt total) {
    return new MetadataMessage.Data(piece, total, ByteBuffer.wrap("abc".getBytes(ISO_8859_1)));
  }

  private static void comesBack(MetadataMessage message) {
    assertThat(MetadataCodec.decode(MetadataCodec.encode(message))).isEqualTo(message);
  }

  private static String latin1(MetadataMessage message) {
    return ISO_8859_1.decode(MetadataCodec.encode(message)).toString();
  }
}
