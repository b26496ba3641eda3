package sluice.daemon.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.address.IpNetwork;

/** Who is believed when it says for whom it asks. */
class ProxiesTest {
  private static final Proxies OURS =
      new Proxies(
          Stream.of("127.0.0.1", "10.0.0.0/8", "2001:db8::/32")
              .map(text -> IpNetwork.parse(text).orElseThrow())
              .toList());

  private static Head head(String from, Map<String, String> said) {
    Map<String, String> headers = new HashMap<>(Map.of("host", "here"));
    headers.putAll(said);
    return new Head("GET", "/", "", headers, IpLiteral.parse(from).orElseThrow(), false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1 | 192.0.2.7 | 192.0.2.7",
        "127.0.0.1 | 192.0.2.9, 192.0.2.7 | 192.0.2.7",
        "127.0.0.1 | 192.0.2.9, 10.1.1.1 | 192.0.2.9",
        "127.0.0.1 | 192.0.2.9, x, 10.1.1.1 | 10.1.1.1",
        "127.0.0.1 | 192.0.2.7:4711 | 192.0.2.7",
        "127.0.0.1 | [2001:db9::1]:80 | 2001:db9::1",
        "127.0.0.1 | 2001:db9::1 | 2001:db9::1",
        "127.0.0.1 | [ | 127.0.0.1",
        "127.0.0.1 | '' | 127.0.0.1",
        "127.0.0.1 | unknown | 127.0.0.1",
        "127.0.0.1 | 10.0.0.2 | 10.0.0.2",
        "2001:db8::9 | 192.0.2.7 | 192.0.2.7",
        "192.0.2.1 | 192.0.2.7 | 192.0.2.1",
        "192.0.2.1 | 127.0.0.1 | 192.0.2.1",
        "11.0.0.1 | 127.0.0.1 | 11.0.0.1"
      })
  void senders(String from, String forwarded, String sender) {
    Head seen = OURS.seen(head(from, Map.of("x-forwarded-for", forwarded)));
    assertThat(seen.remote()).isEqualTo(IpLiteral.parse(sender).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, https, box.example, true, box.example",
    "127.0.0.1, HTTPS, 'evil.example, box.example', true, box.example",
    "127.0.0.1, http, box.example, false, box.example",
    "127.0.0.1, 'https, http', box.example, false, box.example",
    "127.0.0.1, '', '', false, here",
    "192.0.2.1, https, box.example, false, here"
  })
  void namesAndSchemes(String from, String proto, String host, boolean secure, String seenHost) {
    Head seen = OURS.seen(head(from, Map.of("x-forwarded-proto", proto, "x-forwarded-host", host)));
    assertThat(seen.secure()).isEqualTo(secure);
    assertThat(seen.header("Host")).contains(seenHost);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "192.0.2.1"})
  void nobodyIsBelievedUnlessTheConfigurationSaysSo(String from) {
    Head head =
        head(from, Map.of("x-forwarded-for", "192.0.2.7", "x-forwarded-host", "box.example"));
    assertThat(new Proxies(List.of()).seen(head)).isSameAs(head);
  }
}
