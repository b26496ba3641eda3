package sluice.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.engine.swarm.Peers.at;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.PeerPriority;

class KnownPeersTest {
  private static final long SECOND = 1_000_000_000L;
  private final KnownPeers peers = new KnownPeers(KnownPeers.DEFAULT_CAPACITY);

  @Test
  void addressesThatCannotBePeersAreRefused() {
    for (String host :
        new String[] {"0.0.0.0", "0.1.2.3", "224.0.0.1", "255.255.255.255", "240.0.0.1"}) {
      assertThat(peers.offer(at(host, 6881), Source.USER)).as(host).isFalse();
    }
    assertThat(peers.offer(at("::", 6881), Source.USER)).isFalse();
    assertThat(peers.offer(at("ff02::1", 6881), Source.USER)).isFalse();
    assertThat(peers.offer(at("192.0.2.1", 0), Source.USER)).isFalse();
    assertThat(peers.offer(at("127.0.0.1", 6881), Source.PEX)).isFalse();
    assertThat(peers.offer(at("::1", 6881), Source.PEX)).isFalse();
    assertThat(peers.size()).isZero();
    assertThat(peers.offer(at("127.0.0.1", 6881), Source.TRACKER)).isTrue();
    assertThat(peers.offer(at("2001:db8::1", 1), Source.PEX)).isTrue();
    assertThat(peers.size()).isEqualTo(2);
  }

  @Test
  void ourOwnAddressIsForgotten() {
    peers.offer(at("192.0.2.1", 6881), Source.TRACKER);
    peers.own(at("192.0.2.1", 6881));
    assertThat(peers.next(0, false)).isEmpty();
    assertThat(peers.offer(at("192.0.2.1", 6881), Source.USER)).isFalse();
    assertThat(peers.offer(at("192.0.2.1", 6882), Source.USER)).isTrue();
  }

  @Test
  void failuresBackOffFromThirtySecondsToThirtyMinutes() {
    failuresBackOff(Source.TRACKER, 30, 60, 120, 240, 480, 960, 1_800, 1_800);
  }

  @Test
  void aPeerThatTheUserNamedIsTriedAgainSoon() {
    failuresBackOff(Source.USER, 1, 2, 4, 8, 16, 32, 64, 64);
  }

  private void failuresBackOff(Source source, long... waits) {
    peers.offer(at("192.0.2.1", 6881), source);
    long now = -5;
    for (long wait : waits) {
      assertThat(peers.next(now, false)).hasValue(at("192.0.2.1", 6881));
      assertThat(peers.next(now, false)).isEmpty();
      peers.failed(at("192.0.2.1", 6881), now);
      now += wait * SECOND;
      assertThat(peers.hasNext(now - SECOND / 5, false)).isFalse();
      assertThat(peers.hasNext(now, false)).isTrue();
    }
  }

  @Test
  void aLongConnectionClearsFailuresAndAShortOneIsAFailure() {
    peers.offer(at("192.0.2.1", 6881), Source.TRACKER);
    Optional<sluice.protocol.address.Endpoint> peer = peers.next(0, false);
    peers.failed(peer.orElseThrow(), 0);
    peers.next(30 * SECOND, false);
    assertThat(peers.connected(peer.orElseThrow(), 30 * SECOND)).isTrue();
    peers.closed(peer.orElseThrow(), 31 * SECOND);
    assertThat(peers.hasNext(90 * SECOND, false)).isFalse();
    assertThat(peers.next(91 * SECOND, false)).isPresent();
    peers.connected(peer.orElseThrow(), 91 * SECOND);
    peers.closed(peer.orElseThrow(), 200 * SECOND);
    assertThat(peers.hasNext(229 * SECOND, false)).isFalse();
    assertThat(peers.hasNext(230 * SECOND, false)).isTrue();
  }

  @Test
  void whoConnectsToUsIsNotDialled() {
    peers.offer(at("192.0.2.1", 6881), Source.TRACKER);
    assertThat(peers.next(0, false)).isPresent();
    assertThat(peers.connected(at("192.0.2.1", 6881), 0)).isTrue();
    assertThat(peers.connected(at("192.0.2.1", 6881), 0)).isFalse();
    peers.failed(at("192.0.2.1", 6881), 1);
    assertThat(peers.hasNext(3_600 * SECOND, false)).isFalse();
    assertThat(peers.connected(at("192.0.2.2", 6881), 0)).isTrue();
    assertThat(peers.size()).isEqualTo(2);
    assertThat(peers.hasNext(0, false)).isFalse();
  }

  @Test
  void betterAddressesComeFirst() {
    peers.offer(at("192.0.2.1", 1), Source.PEX);
    peers.offer(at("192.0.2.2", 1), Source.TRACKER);
    peers.offer(at("192.0.2.3", 1), Source.TRACKER);
    peers.offer(at("192.0.2.4", 1), Source.USER);
    peers.offer(at("192.0.2.3", 1), Source.PEX);
    peers.seed(at("192.0.2.4", 1), true);
    assertThat(peers.next(0, true)).hasValue(at("192.0.2.2", 1));
    assertThat(peers.next(0, false)).hasValue(at("192.0.2.4", 1));
    assertThat(peers.next(0, false)).hasValue(at("192.0.2.3", 1));
    assertThat(peers.next(0, false)).hasValue(at("192.0.2.1", 1));
    assertThat(peers.next(0, false)).isEmpty();
  }

  /** A liar who says of everybody that it is a seed keeps a seed from nobody. */
  @Test
  void whoIsSaidToBeASeedIsTriedOnceAndLast() {
    InetAddress teller = at("192.0.2.9", 1).address();
    peers.hear(at("198.51.100.1", 1), teller, true, false);
    peers.hear(at("198.51.100.2", 1), teller, true, false);
    peers.hear(at("198.51.100.3", 1), teller, false, false);
    assertThat(peers.next(0, true)).hasValue(at("198.51.100.3", 1));
    assertThat(peers.next(0, true)).hasValue(at("198.51.100.1", 1));
    assertThat(peers.next(0, true)).hasValue(at("198.51.100.2", 1));
    peers.failed(at("198.51.100.1", 1), 0);
    peers.connected(at("198.51.100.2", 1), 0);
    peers.seed(at("198.51.100.2", 1), false);
    peers.closed(at("198.51.100.2", 1), 100 * SECOND);
    assertThat(peers.next(10_000 * SECOND, true)).hasValue(at("198.51.100.2", 1));
    assertThat(peers.next(10_000 * SECOND, true)).isEmpty();
    assertThat(peers.next(10_000 * SECOND, false))
        .as("who downloads likes seeds")
        .hasValue(at("198.51.100.1", 1));
  }

  @Test
  void aBanCoversTheAddressButOnLoopbackTheEndpoint() {
    peers.offer(at("192.0.2.1", 1), Source.TRACKER);
    peers.offer(at("192.0.2.1", 2), Source.TRACKER);
    peers.offer(at("127.0.0.1", 1), Source.TRACKER);
    peers.offer(at("127.0.0.1", 2), Source.TRACKER);
    peers.ban(at("192.0.2.1", 50_000));
    peers.ban(at("127.0.0.1", 1));
    assertThat(peers.size()).isEqualTo(1);
    assertThat(peers.isBanned(at("192.0.2.1", 2))).isTrue();
    assertThat(peers.isBanned(at("127.0.0.1", 2))).isFalse();
    assertThat(peers.offer(at("192.0.2.1", 3), Source.USER)).isFalse();
    assertThat(peers.next(0, false)).hasValue(at("127.0.0.1", 2));
  }

  @Test
  void openSourcesGetFourPortsOfAnAddress() {
    for (int port = 1; port <= 10; port++) {
      assertThat(peers.offer(at("192.0.2.1", port), Source.PEX)).isEqualTo(port <= 4);
    }
    assertThat(peers.offer(at("192.0.2.1", 99), Source.TRACKER)).isTrue();
    assertThat(peers.offer(at("192.0.2.2", 99), Source.PEX)).isTrue();
  }

  @Test
  void whenFullTheWorstGoes() {
    KnownPeers few = new KnownPeers(3);
    few.offer(at("192.0.2.1", 1), Source.PEX);
    few.offer(at("192.0.2.2", 1), Source.TRACKER);
    few.offer(at("192.0.2.3", 1), Source.DHT);
    assertThat(few.offer(at("192.0.2.4", 1), Source.PEX)).isFalse();
    assertThat(few.offer(at("192.0.2.5", 1), Source.TRACKER)).isTrue();
    few.next(0, false);
    few.failed(at("192.0.2.2", 1), 0);
    assertThat(few.offer(at("192.0.2.6", 1), Source.PEX)).isTrue();
    assertThat(few.size()).isEqualTo(3);
    assertThat(few.next(0, false)).hasValue(at("192.0.2.5", 1));
    assertThat(few.next(0, false)).hasValue(at("192.0.2.3", 1));
    assertThat(few.next(0, false)).hasValue(at("192.0.2.6", 1));
    assertThat(few.offer(at("192.0.2.7", 1), Source.USER)).isFalse();
  }

  @Test
  void theCanonicalPriorityDecidesAmongEquals() {
    Endpoint us = at("98.51.100.1", 6_881);
    peers.offer(at("1.2.3.4", 1), Source.TRACKER);
    peers.offer(at("5.6.7.8", 1), Source.TRACKER);
    peers.offer(at("9.10.11.12", 1), Source.PEX);
    peers.ourEndpoint(us);
    peers.offer(at("13.14.15.16", 1), Source.TRACKER);
    List<Endpoint> expected =
        Stream.of(at("1.2.3.4", 1), at("5.6.7.8", 1), at("13.14.15.16", 1))
            .sorted(
                (a, b) -> Integer.compareUnsigned(PeerPriority.of(us, b), PeerPriority.of(us, a)))
            .toList();
    for (Endpoint endpoint : expected) {
      assertThat(peers.next(0, false)).hasValue(endpoint);
    }
    assertThat(peers.next(0, false)).hasValue(at("9.10.11.12", 1));
  }

  @Test
  void barredAddressesAreRefusedAndDropped() {
    Set<String> blocked = new LinkedHashSet<>();
    KnownPeers gated = new KnownPeers(10, a -> blocked.contains(a.getHostAddress()));
    for (int i = 1; i <= 6; i++) {
      gated.offer(at("192.0.2." + i, 1), Source.USER);
    }
    blocked.add("192.0.2.2");
    blocked.add("192.0.2.6");
    assertThat(gated.offer(at("192.0.2.2", 1), Source.USER)).isFalse();
    gated.dropBarred();
    assertThat(gated.size()).isEqualTo(4);
    for (int i : new int[] {1, 3, 4, 5}) {
      assertThat(gated.next(0, false)).hasValue(at("192.0.2." + i, 1));
    }
    assertThat(gated.connected(at("192.0.2.2", 1), 0)).isTrue();
    assertThat(gated.size()).isEqualTo(4);
  }

  @Test
  void aKnownPeerTakesAtMost24Bytes() {
    for (int i = 0; i < 2_500; i++) {
      peers.offer(at("10." + i % 7 + "." + i / 250 + "." + (i % 250 + 1), 6_881), Source.TRACKER);
    }
    assertThat(peers.size()).isEqualTo(KnownPeers.DEFAULT_CAPACITY);
    assertThat(peers.memoryBytes()).isLessThanOrEqualTo(24L * KnownPeers.DEFAULT_CAPACITY);
    assertThat(new KnownPeers(2_000).memoryBytes()).isZero();
    KnownPeers six = new KnownPeers(2_000);
    for (int i = 0; i < 2_000; i++) {
      six.offer(at("2001:db8::" + Integer.toHexString(i + 1), 6_881), Source.TRACKER);
    }
    assertThat(six.size()).isEqualTo(2_000);
    assertThat(six.memoryBytes()).isLessThanOrEqualTo(36L * 2_000);
  }
}
