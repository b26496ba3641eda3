package sluice.client.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.protocol.address.HostPort;
import sluice.transport.Proxy;
import sluice.transport.Route;
import sluice.transport.Routes;

/** Proxies from the command line. */
class ProxyRulesTest {
  private static Proxy proxy(Route route) {
    return ((Route.Through) route).proxy();
  }

  @Test
  void oneProxyIsForAll() {
    Routes routes = ProxyRules.routes(List.of("socks5://me:pass:word@tor.example"), false);
    assertThat(proxy(routes.peers()).server()).isEqualTo(new HostPort("tor.example", 1_080));
    assertThat(proxy(routes.peers()).login().orElseThrow().password()).isEqualTo("pass:word");
    assertThat(List.of(routes.trackers(), routes.web(), routes.datagrams()))
        .containsOnly(routes.peers());
  }

  @Test
  void httpCarriesNoDatagrams() {
    Routes routes = ProxyRules.routes(List.of("http://[::1]:3128"), false);
    assertThat(proxy(routes.web()).server()).isEqualTo(new HostPort("::1", 3_128));
    assertThat(routes.datagrams()).isEqualTo(new Route.Closed());
    assertThatThrownBy(() -> ProxyRules.checked("udp=http://p.example"))
        .hasMessageContaining("no UDP");
  }

  @Test
  void laterRulesGoBefore() {
    Routes routes =
        ProxyRules.routes(
            List.of("socks5://a.example", "trackers,web=http://b.example", "udp=none"), true);
    assertThat(proxy(routes.peers()).isolates()).isTrue();
    assertThat(proxy(routes.web()).kind()).isEqualTo(Proxy.Kind.HTTP);
    assertThat(routes.trackers()).isEqualTo(routes.web());
    assertThat(routes.datagrams()).isEqualTo(new Route.Closed());
    assertThat(ProxyRules.routes(List.of("peers=direct"), false)).isEqualTo(Routes.DIRECT);
  }

  @Test
  void anonymousLeavesNothingDirect() {
    Routes some = ProxyRules.routes(List.of("trackers=socks5://a.example"), false);
    assertThat(some.isReachable()).isTrue();
    assertThat(some.anonymous().peers()).isEqualTo(new Route.Closed());
    assertThat(some.anonymous().trackers()).isEqualTo(some.trackers());
    assertThat(some.anonymous().isReachable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "socks4://a.example",
        "a.example:1080",
        "socks5://a.example/path",
        "socks5://a.example?x=y",
        "socks5://user:secret@a b",
        "mail=socks5://a.example"
      })
  void othersAreRefusedWithoutRepeatingSecrets(String text) {
    assertThatThrownBy(() -> ProxyRules.checked(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("secret");
  }
}
