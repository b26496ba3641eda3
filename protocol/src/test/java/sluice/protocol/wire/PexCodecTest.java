package sluice.protocol.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.wire.PexMessage.Contact;

class PexCodecTest {

  @Test
  void aMessageLooksAsInBep11() {
    PexMessage message =
        new PexMessage(
            List.of(new Contact(at("65.66.67.68", 0x4546), PexFlag.SEED.bit())),
            List.of(at("97.98.99.100", 0x6566)));
    assertThat(latin1(PexCodec.encode(message)))
        .isEqualTo("d5:added6:ABCDEF7:added.f1:\u00027:dropped6:abcdefe");
  }

  @Test
  void messagesComeBack() {
    PexMessage message =
        new PexMessage(
            List.of(
                new Contact(at("10.0.0.1", 1), 0),
                new Contact(at("10.0.0.1", 2), 0x1f),
                new Contact(at("2001:db8::1", 65_535), 0xff)),
            List.of(at("192.0.2.1", 6_881), at("2001:db8::2", 6_881)));
    assertThat(PexCodec.decode(PexCodec.encode(message))).isEqualTo(message);
    assertThat(message.added().get(1).has(PexFlag.HOLEPUNCH)).isTrue();
    assertThat(message.added().get(0).has(PexFlag.HOLEPUNCH)).isFalse();
  }

  @Test
  void whatMakesNoSenseIsPassedOver() {
    String twice = "ABCDEF" + "ABCDEF" + "ABCD\0\0" + "GHIJKL" + "xyz";
    PexMessage message =
        decode(
            "d5:added%d:%s7:added.f4:\1\2\3\4%se".formatted(twice.length(), twice, "7:droppedi3e"));
    assertThat(message.added())
        .containsExactly(
            new Contact(at("65.66.67.68", 0x4546), 1), new Contact(at("71.72.73.74", 0x4b4c), 4));
    assertThat(message.dropped()).isEmpty();
    assertThat(decode("de").isEmpty()).isTrue();
    assertThat(decode("d5:added6:ABCDEFe").added())
        .containsExactly(new Contact(at("65.66.67.68", 0x4546), 0));
  }

  @Test
  void whatIsAddedIsNotDroppedInTheSameMessage() {
    PexMessage message = decode("d5:added6:ABCDEF7:dropped12:ABCDEFGHIJKLe");
    assertThat(message.dropped()).containsExactly(at("71.72.73.74", 0x4b4c));
  }

  @Test
  void noMoreThanTheLimitIsRead() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      many.append("AB").append((char) (i >> 8)).append((char) (i & 0xff)).append("EF");
    }
    assertThat(decode("d5:added6000:" + many + "e").added()).hasSize(PexMessage.MAX_READ);
  }

  @Test
  void noDictionaryIsAViolation() {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode("le"));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> PexCodec.decode(ByteBuffer.allocate(PexCodec.MAX_BYTES + 1)));
  }

  private static PexMessage decode(String text) {
    return PexCodec.decode(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
  }

  private static Endpoint at(String address, int port) {
    return new Endpoint(IpLiteral.parse(address).orElseThrow(), port);
  }

  private static String latin1(ByteBuffer bytes) {
    return ISO_8859_1.decode(bytes).toString();
  }
}
