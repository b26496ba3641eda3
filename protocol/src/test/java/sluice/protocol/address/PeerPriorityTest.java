package sluice.protocol.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** The examples of BEP 40, and masks that libtorrent's tests and others agree on or differ in. */
class PeerPriorityTest {
  private static final String ONES = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";

  private static void check(String one, int onePort, String other, int otherPort, int expected) {
    Endpoint a = new Endpoint(IpLiteral.parse(one).orElseThrow(), onePort);
    Endpoint b = new Endpoint(IpLiteral.parse(other).orElseThrow(), otherPort);
    assertThat(PeerPriority.of(a, b)).as(one + " " + other).isEqualTo(expected);
    assertThat(PeerPriority.of(b, a)).as(other + " " + one).isEqualTo(expected);
  }

  @Test
  void examplesOfBep40() {
    check("123.213.32.10", 1, "98.76.54.32", 2, 0xec2d7224);
    check("123.213.32.10", 1, "123.213.32.234", 2, 0x99568189);
  }

  @Test
  void masksOfIpv4() {
    check("230.12.123.3", 1_234, "230.12.123.3", 300, 0xae8b7034);
    check("230.12.123.1", 0, "230.12.123.3", 0, 0x99c54d79);
    check("230.12.23.1", 0, "230.12.123.3", 0, 0x21fd5f80);
    check("230.120.23.1", 0, "230.12.123.3", 0, 0xfa9a860e);
  }

  /** As BEP 40, Transmission and anacrolix have it; libtorrent begins to mask a byte later. */
  @Test
  void masksOfIpv6() {
    check(ONES, 0, "ffff:0fff:ffff:ffff:ffff:ffff:ffff:ffff", 0, 0x59d71f38);
    check(ONES, 0, "ffff:ffff:ff0f:ffff:ffff:ffff:ffff:ffff", 0, 0x755f8512);
    check(ONES, 0, "ffff:ffff:ffff:0fff:ffff:ffff:ffff:ffff", 0, 0x27a88382);
  }

  @Test
  void familiesDoNotMix() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check("192.0.2.1", 1, "2001:db8::1", 1, 0));
  }
}
