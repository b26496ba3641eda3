package sluice.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.corpus.SharedVectors;

/** Extension handshakes there and back, and what others send. */
class ExtensionHandshakeTest {
  private static final ExtensionHandshake FULL =
      new ExtensionHandshake(
          Map.of("ut_metadata", 2, "ut_pex", 1, "lt_donthave", 7),
          Optional.of("Sluice/0.1.0"),
          OptionalInt.of(6881),
          OptionalInt.of(500),
          IpLiteral.parse("192.0.2.7"),
          IpLiteral.parse("192.0.2.8").map(Inet4Address.class::cast),
          IpLiteral.parse("2001:db8::8").map(Inet6Address.class::cast),
          OptionalInt.of(31_235),
          Optional.of(true),
          OptionalInt.of(0),
          Optional.of(false));

  @Test
  void comesBackAsItWasWritten() {
    for (ExtensionHandshake sent : new ExtensionHandshake[] {FULL, ExtensionHandshake.EMPTY}) {
      ByteBuffer payload = ByteBuffer.wrap(ExtensionHandshakeCodec.encode(sent));
      assertThat(ExtensionHandshakeCodec.decode(payload)).isEqualTo(sent);
      assertThat(payload.position()).isZero();
    }
    assertThat(ExtensionHandshakeCodec.encode(ExtensionHandshake.EMPTY))
        .isEqualTo("d1:mdee".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aRealQbittorrentIsRead() {
    byte[] bytes = SharedVectors.read("others/rqbit/extended-handshake.bin");
    List<ExtensionHandshake> seen = new ArrayList<>();
    new Framer()
        .feed(
            ByteBuffer.wrap(bytes),
            new FrameHandler() {
              @Override
              public void onMessage(Message message) {
                Message.Extended extended = (Message.Extended) message;
                assertThat(extended.id()).isZero();
                seen.add(ExtensionHandshakeCodec.decode(extended.payload()));
              }

              @Override
              public ByteBuffer beginBlock(int piece, int begin, int length) {
                throw new AssertionError();
              }

              @Override
              public void endBlock(int piece, int begin, int length) {
                throw new AssertionError();
              }
            });
    assertThat(seen).hasSize(1);
    ExtensionHandshake got = seen.getFirst();
    assertThat(got.client()).hasValueSatisfying(v -> assertThat(v).startsWith("qBittorrent/4.4.0"));
    assertThat(got.ids())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "lt_donthave", 7,
                "share_mode", 8,
                "upload_only", 3,
                "ut_holepunch", 4,
                "ut_metadata", 2,
                "ut_pex", 1));
    assertThat(got.metadataSize()).hasValue(138_876);
    assertThat(got.requestQueue()).hasValue(500);
    assertThat(got.uploadOnly()).contains(true);
    assertThat(got.completeAgoSeconds()).hasValue(22_934);
    assertThat(got.yourIp()).isEqualTo(IpLiteral.parse("127.0.0.1"));
    assertThat(got.port()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d1:mi5ee",
        "d1:md6:ut_pexi256e11:ut_metadatai-1e1:xl1:yeee",
        "d1:mde1:pi0e4:reqqi0e13:metadata_sizei-5ee",
        "d1:pi65536e4:reqq3:abc13:metadata_sizei4294967296ee",
        "d1:vli1ee6:yourip3:abc4:ipv45:abcde4:ipv64:abcde",
        "d4:ipv616:\0\0\0\0\0\0\0\0\0\0\u00ff\u00ff\1\2\3\4e",
        "d11:upload_only1:1e",
        "d1:zi1e1:ai2e7:unknownl1:aee",
      })
  void valuesThatMakeNoSenseArePassedOver(String payload) {
    assertThat(decode(payload)).isEqualTo(ExtensionHandshake.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "d", "le", "i1e", "4:spam", "dee", "d1:md", "d1:m", "d1:mdee0"})
  void whatIsNoDictionaryIsRefused(String payload) {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> decode(payload))
        .satisfies(e -> assertThat(e.violation()).isEqualTo(Violation.BAD_EXTENSION_MESSAGE));
  }

  @Test
  void tooLongOrTooDeepIsRefused() {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() ->
            ExtensionHandshakeCodec.decode(
                ByteBuffer.allocate(ExtensionHandshakeCodec.MAX_BYTES + 1)));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> decode("d1:a" + "l".repeat(50) + "e".repeat(51)));
  }

  @Test
  void namesAndTextsAreBounded() {
    StringBuilder m = new StringBuilder("d1:md");
    for (int i = 100; i < 300; i++) {
      m.append("3:").append(i).append("i1e");
    }
    assertThat(decode(m + "ee").ids()).hasSize(ExtensionHandshake.MAX_IDS);
    assertThat(decode("d1:v100:" + "x".repeat(100) + "e").client().orElseThrow()).hasSize(64);
    assertThat(decode("d1:v3:a\nbe").client()).contains("a\uFFFDb");
    assertThat(decode("d1:md65:" + "x".repeat(65) + "i1eee").ids()).isEmpty();
  }

  @Test
  void idsAddUpAndZeroTakesOneAway() {
    Map<String, Integer> first = FULL.idsAfter(Map.of());
    assertThat(first).isEqualTo(FULL.ids());
    ExtensionHandshake second = decode("d1:md6:ut_pexi0e11:ut_metadatai9e3:newi3eee");
    assertThat(second.idsAfter(first))
        .isEqualTo(Map.of("lt_donthave", 7, "ut_metadata", 9, "new", 3));
  }

  @Test
  void idsAreOneByte() {
    assertThatIllegalArgumentException().isThrownBy(() -> withId(256));
    assertThatIllegalArgumentException().isThrownBy(() -> withId(-1));
  }

  private static ExtensionHandshake withId(int id) {
    return new ExtensionHandshake.Draft().ids(Map.of("x", id)).handshake();
  }

  private static ExtensionHandshake decode(String latin1) {
    return ExtensionHandshakeCodec.decode(
        ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
