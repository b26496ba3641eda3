package sluice.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import sluice.engine.policy.PeerLimits;
import sluice.engine.swarm.ConnectionBudget.Permit;

class SitesTest {
  private final ConnectionBudget session =
      ConnectionBudget.session(new PeerLimits(100, 100, 100, 2));

  private Permit permit() {
    return session.accept().orElseThrow();
  }

  private static InetAddress ip(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anIpv6NetworkOf64BitsIsOneAddress() {
    assertThat(permit().at(ip("2001:db8:0:1::1"))).isTrue();
    assertThat(permit().at(ip("2001:db8:0:1:ffff::2"))).isTrue();
    assertThat(permit().at(ip("2001:db8:0:1::3"))).isFalse();
    assertThat(permit().at(ip("2001:db8:0:2::1"))).isTrue();
    assertThat(permit().at(ip("192.0.2.1"))).isTrue();
    assertThat(permit().at(ip("192.0.2.2"))).isTrue();
  }

  @Test
  void aClosedConnectionIsNotCounted() {
    Permit first = permit();
    assertThat(first.at(ip("192.0.2.1"))).isTrue();
    assertThat(first.at(ip("192.0.2.1"))).as("once").isTrue();
    assertThat(permit().at(ip("192.0.2.1"))).isTrue();
    assertThat(permit().at(ip("192.0.2.1"))).isFalse();
    first.close();
    first.close();
    assertThat(permit().at(ip("192.0.2.1"))).isTrue();
    assertThat(permit().at(ip("192.0.2.1"))).isFalse();
  }

  @Test
  void loopbackIsNotLimited() {
    for (int i = 0; i < 10; i++) {
      assertThat(permit().at(ip("127.0.0.1"))).isTrue();
      assertThat(permit().at(ip("::1"))).isTrue();
    }
  }
}
