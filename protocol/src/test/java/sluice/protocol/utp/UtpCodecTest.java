package sluice.protocol.utp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What is read of packets of uTP. */
class UtpCodecTest {
  private static UtpPacket decode(String hex) {
    return UtpCodec.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex))).orElseThrow();
  }

  @Test
  void aSelectiveAcknowledgementOfAnyLengthIsTaken() {
    UtpPacket packet = decode("2101123400000001000000020010000000010002" + "0003" + "000180");
    assertThat(packet.selectable()).isEqualTo(24);
    for (int i = 0; i < 24; i++) {
      assertThat(packet.isSelected(i)).isEqualTo(i == 8 || i == 23);
    }
  }

  @Test
  void anEmptyOneTellsNothing() {
    assertThat(decode("2101123400000001000000020010000000010002" + "0000").selectable()).isZero();
  }
}
