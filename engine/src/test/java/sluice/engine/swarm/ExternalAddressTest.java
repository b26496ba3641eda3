package sluice.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ExternalAddressTest {
  private final ExternalAddress self = new ExternalAddress();
  private final InetAddress truth = ip("203.0.113.7");
  private final InetAddress lie = ip("192.0.2.66");

  private static InetAddress ip(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private void vote(int network, InetAddress seen) {
    self.peer(ip("198.18." + network + ".1"), seen);
  }

  @Test
  void fiveNetworksAreBelieved() {
    for (int network = 1; network < 5; network++) {
      vote(network, truth);
      assertThat(self.ipv4()).isEmpty();
    }
    vote(5, truth);
    assertThat(self.ipv4()).contains(truth);
    assertThat(self.ipv6()).isEmpty();
  }

  @Test
  void aNetworkHasOneVote() {
    for (int i = 1; i < 250; i++) {
      self.peer(ip("198.18.1." + i), lie);
      self.tracker(lie);
    }
    assertThat(self.ipv4()).isEmpty();
    for (int i = 0; i < 5_000; i++) {
      self.peer(ip("2001:db8:1:" + Integer.toHexString(i) + "::1"), ip("2001:db8::1"));
    }
    assertThat(self.ipv6()).isEmpty();
  }

  @Test
  void liarsThatAreNotTheMostChangeNothing() {
    for (int network = 0; network < 20; network++) {
      vote(network, network % 2 == 0 ? truth : lie);
    }
    vote(20, truth);
    assertThat(self.ipv4()).contains(truth);
    for (int network = 100; network < 110; network++) {
      vote(network, lie);
    }
    assertThat(self.ipv4()).as("20 of 31, which is the most").contains(lie);
  }

  @Test
  void halfIsNotEnough() {
    for (int network = 0; network < 10; network++) {
      vote(network, truth);
    }
    for (int network = 10; network < 20; network++) {
      vote(network, lie);
    }
    assertThat(self.ipv4()).contains(truth);
  }

  @Test
  void aChangedAddressIsFoundOut() {
    for (int network = 0; network < 60; network++) {
      vote(network, lie);
    }
    for (int network = 0; network < 31; network++) {
      vote(network, truth);
    }
    assertThat(self.ipv4()).contains(truth);
  }

  @Test
  void oldVotesAreForgotten() {
    for (int network = 0; network < 200; network++) {
      vote(network, lie);
    }
    for (int network = 0; network <= ExternalAddress.MAX_VOTES / 2; network++) {
      vote(network, truth);
    }
    assertThat(self.ipv4()).contains(truth);
  }

  @Test
  void addressesThatAreNotOfTheInternetAreNoVotes() {
    for (String literal : new String[] {"127.0.0.1", "10.1.2.3", "0.0.0.0", "224.0.0.1"}) {
      for (int network = 0; network < 9; network++) {
        vote(network, ip(literal));
      }
      assertThat(self.ipv4()).as(literal).isEmpty();
    }
    for (int network = 0; network < 9; network++) {
      vote(network, ip("2001:db8::1"));
    }
    assertThat(self.ipv6()).as("told over IPv4").isEmpty();
  }
}
