package sluice.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of programs as their peer ids tell them. */
class PeerIdsTest {

  @ParameterizedTest
  @CsvSource({
    "-qB4620-abcdefghijkl, qBittorrent 4.6.2",
    "-TR2940-abcdefghijkl, Transmission 2.94",
    "-TR4050-abcdefghijkl, Transmission 4.0.5",
    "-LT20B0-abcdefghijkl, libtorrent 2.0.11",
    "-lt0D80-abcdefghijkl, rTorrent 0.13.8",
    "-SL0100-abcdefghijkl, Sluice 0.1",
    "-ZZ1234-abcdefghijkl, ZZ 1.2.3.4",
    "-DE13F?-abcdefghijkl, Deluge 13F?",
    "A2-1-37-0-abcdefghij, aria2 1.37.0",
    "M7-9-2--abcdefghijkl, BitTorrent 7.9.2",
    "0123456789abcdefghij, 01234567",
    "-qB4620Xabcdefghijkl, -qB4620X",
  })
  void client(String id, String client) {
    byte[] bytes = id.getBytes(StandardCharsets.US_ASCII);
    assertThat(PeerIds.client(new PeerId(bytes))).isEqualTo(client);
  }

  @Test
  void bytesThatAreNoTextAreShownAsDots() {
    assertThat(PeerIds.client(new PeerId(new byte[20]))).isEqualTo("........");
  }
}
