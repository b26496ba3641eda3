package sluice.protocol.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks in CIDR form. */
class IpNetworkTest {
  private static boolean contains(String network, String address) {
    IpNetwork parsed = IpNetwork.parse(network).orElseThrow();
    assertThat(IpNetwork.parse(parsed.toString())).contains(parsed);
    return parsed.contains(IpLiteral.parse(address).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.255, 192.0.3.0",
    "192.0.2.77/24, 192.0.2.0, 192.0.1.255",
    "10.0.0.0/8, 10.255.1.2, 11.0.0.0",
    "192.0.2.128/25, 192.0.2.128, 192.0.2.127",
    "192.0.2.6/31, 192.0.2.7, 192.0.2.8",
    "192.0.2.7, 192.0.2.7, 192.0.2.6",
    "0.0.0.0/0, 255.255.255.255, ::1",
    "::/0, 2001:db8::1, 192.0.2.1",
    "2001:db8::/33, 2001:db8:7fff::, 2001:db8:8000::",
    "2001:db8::7, 2001:db8::7, 2001:db8::6"
  })
  void whatIsInAndWhatIsNot(String network, String inside, String outside) {
    assertThat(contains(network, inside)).isTrue();
    assertThat(contains(network, outside)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/8/8",
        "10.0.0/8",
        "::/129",
        "::/1000",
        "host.example/8",
        "10.0.0.0/\u0661"
      })
  void notNetworks(String text) {
    assertThat(IpNetwork.parse(text)).isEmpty();
  }

  @Test
  void moreBitsThanAnAddressHasAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IpNetwork(IpLiteral.parse("10.0.0.1").orElseThrow(), 33));
  }
}
