package sluice.protocol.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of RFC 5952, section 4. */
class IpTextTest {
  @ParameterizedTest
  @CsvSource({
    // No leading zeros, small letters.
    "20010db8aaaabbbbccccddddeeee0001, 2001:db8:aaaa:bbbb:cccc:dddd:eeee:1",
    // As much as can be is left out.
    "20010db8000000000000000000020001, 2001:db8::2:1",
    // One group alone is not.
    "20010db8000000010001000100010001, 2001:db8:0:1:1:1:1:1",
    // The longest run, and of equals the first.
    "20010000000000010000000000000001, 2001:0:0:1::1",
    "20010db8000000000001000000000001, 2001:db8::1:0:0:1",
    // At both ends.
    "00000000000000000000000000000000, ::",
    "00000000000000000000000000000001, ::1",
    "fe800000000000000000000000000000, fe80::",
    "00010000000000000000000000000000, 1::",
    "00000001000000000000000000000000, 0:1::",
    "c0000201, 192.0.2.1",
  })
  void hasOneForm(String bytes, String text) throws UnknownHostException {
    InetAddress address = InetAddress.getByAddress(HexFormat.of().parseHex(bytes));
    assertThat(IpText.of(address)).isEqualTo(text);
    assertThat(IpLiteral.parse(text)).contains(address);
  }

  @Test
  void namesTheZone() throws UnknownHostException {
    byte[] link = HexFormat.of().parseHex("fe800000000000000000000000000007");
    assertThat(IpText.of(Inet6Address.getByAddress(null, link, 3))).isEqualTo("fe80::7%3");
  }

  @Test
  void standsInBracketsBeforeAPort() throws UnknownHostException {
    assertThat(IpText.bracketed(InetAddress.getByName("2001:db8::1"))).isEqualTo("[2001:db8::1]");
    assertThat(IpText.bracketed(InetAddress.getByName("192.0.2.1"))).isEqualTo("192.0.2.1");
  }
}
