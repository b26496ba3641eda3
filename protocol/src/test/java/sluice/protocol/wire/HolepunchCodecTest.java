package sluice.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.wire.HolepunchMessage.Connect;
import sluice.protocol.wire.HolepunchMessage.Failed;
import sluice.protocol.wire.HolepunchMessage.Reason;
import sluice.protocol.wire.HolepunchMessage.Rendezvous;

class HolepunchCodecTest {
  private static final Endpoint V4 = at("192.0.2.1");
  private static final Endpoint V6 = at("2001:db8::1");

  @Test
  void messagesLookAsInBep55() {
    assertThat(hex(new Rendezvous(V4))).isEqualTo("0000" + "c0000201" + "1ae1" + "00000000");
    assertThat(hex(new Connect(V6)))
        .isEqualTo("0101" + "20010db8000000000000000000000001" + "1ae1" + "00000000");
    assertThat(hex(new Failed(V4, Reason.NO_SUPPORT.code())))
        .isEqualTo("0200" + "c0000201" + "1ae1" + "00000003");
  }

  @Test
  void theCodeMayBeMissing() {
    assertThat(decode("0100c00002011ae1")).contains(new Connect(V4));
    assertThat(decode("0200c00002011ae1")).contains(new Failed(V4, 0));
  }

  @Test
  void whatIsNotKnownIsPassedOver() {
    assertThat(decode("0300c00002011ae1")).isEmpty();
    assertThat(decode("0002c00002011ae1")).isEmpty();
    assertThat(decode("0100c00002010000")).isEmpty();
    assertThat(Reason.of(7)).isEmpty();
    assertThat(Reason.of(4)).contains(Reason.NO_SELF);
  }

  @Test
  void whatIsTooShortIsRefused() {
    for (String hex : new String[] {"", "00", "0000c00002011a", "0001c00002011ae1"}) {
      assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(hex));
    }
  }

  private static Endpoint at(String address) {
    return new Endpoint(IpLiteral.parse(address).orElseThrow(), 6_881);
  }

  private static String hex(HolepunchMessage message) {
    ByteBuffer out = HolepunchCodec.encode(message);
    assertThat(HolepunchCodec.decode(out)).contains(message);
    byte[] bytes = new byte[out.remaining()];
    out.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static Optional<HolepunchMessage> decode(String hex) {
    return HolepunchCodec.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
  }
}
