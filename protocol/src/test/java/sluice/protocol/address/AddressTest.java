package sluice.protocol.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses from text and compact bytes. */
class AddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, c0000201",
    "0.0.0.0, 00000000",
    "255.255.255.255, ffffffff",
    "::1, 00000000000000000000000000000001",
    "2001:DB8::a, 20010db800000000000000000000000a",
    "::ffff:192.0.2.1, c0000201",
  })
  void literals(String text, String hex) {
    assertThat(IpLiteral.parse(text).orElseThrow().getAddress())
        .isEqualTo(HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "1.2.3",
        "1",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.-4",
        "1.2.3.4 ",
        "0x1.2.3.4",
        "1.2.3.٤",
        "::1%lo",
        "fe80::1%eth0",
        "[::1]",
        ":::",
        "1:2",
        "g::",
        ":",
        "::1::2",
        "a.b:c",
        "00000000000000000000000000000000000000000000000000:1",
        "1.2.3.4567"
      })
  void whatIsNoLiteral(String text) {
    assertThat(IpLiteral.parse(text)).isEmpty();
  }

  @Test
  void rawBytes() {
    assertThat(IpLiteral.ofBytes(new byte[4])).isPresent();
    assertThat(IpLiteral.ofBytes(new byte[16])).isPresent();
    assertThat(IpLiteral.ofBytes(new byte[5])).isEmpty();
    assertThat(IpLiteral.ofBytes(new byte[0])).isEmpty();
  }

  @Test
  void compactPeersComeBack() {
    for (String ip : new String[] {"192.0.2.1", "2001:db8::5"}) {
      boolean ipv6 = ip.indexOf(':') >= 0;
      List<Endpoint> peers = new ArrayList<>();
      ByteBuffer out = ByteBuffer.allocate(10 * CompactPeers.stride(ipv6) + 3);
      for (int port = 0; port < 10; port++) {
        Endpoint peer = new Endpoint(IpLiteral.parse(ip).orElseThrow(), 6000 * port);
        CompactPeers.write(peer, out);
        if (port > 0) {
          peers.add(peer);
        }
      }
      List<Endpoint> read = new ArrayList<>();
      CompactPeers.read(out.clear(), ipv6, 100, read);
      assertThat(read).isEqualTo(peers);
      read.clear();
      CompactPeers.read(out.clear(), ipv6, 4, read);
      assertThat(read).isEqualTo(peers.subList(0, 4));
    }
  }
}
