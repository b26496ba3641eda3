package sluice.sim.dht;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.dht.DhtStatus;
import sluice.protocol.digest.Hash;

/**
 * Many nodes: what is listed is found, and what that costs. {@code sluice.dht.nodes} sets how many;
 * {@code sluice.dht.values} how many values, {@code sluice.dht.seed} another history.
 */
class CrowdTest {
  private static final int NODES = Integer.getInteger("sluice.dht.nodes", 250);
  private static final long SEED = Long.getLong("sluice.dht.seed", 7);
  private static final int VALUES = Integer.getInteger("sluice.dht.values", 100);

  @Test
  void whatIsListedIsFound() {
    DhtNetwork net = new DhtNetwork(SEED);
    net.grow(NODES, Math.max(20, NODES / 20));
    long before = bytes(net.hosts);
    long datagramsBefore = datagrams(net.hosts);
    net.world.runFor(Duration.ofMinutes(30));
    long idle = 2 * (bytes(net.hosts) - before) / NODES;
    long idleDatagrams = 2 * (datagrams(net.hosts) - datagramsBefore) / NODES;
    double found = found(net, net.hosts);
    report(
        "%d nodes, seed %d: %.1f %% of %d values found; an idle node sends and receives %d kB"
            + " in %d datagrams an hour%n",
        NODES, SEED, 100 * found, VALUES, idle / 1000, idleDatagrams);
    assertThat(found).as("seed " + SEED).isGreaterThanOrEqualTo(0.99);
  }

  /** Three of ten nodes are one attacker's, who has one /16 and wants to hide everything. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAttackerWithOneNetworkHidesLittle(boolean forged) {
    DhtNetwork net = new DhtNetwork(SEED);
    int honest = NODES * 7 / 10;
    Sybils sybils = new Sybils(net, NODES - honest, forged);
    net.grow(honest, Math.max(20, honest / 20));
    sybils.attack();
    net.world.runFor(Duration.ofMinutes(10));
    double found = found(net, net.hosts);
    report(
        "%d nodes, 30 %% of an attacker in one /16, ids %s, seed %d: %.1f %% of %d values found;"
            + " %d queries went astray%n",
        NODES, forged ? "forged" : "right", SEED, 100 * found, VALUES, sybils.queries());
    assertThat(sybils.queries()).isGreaterThan(VALUES);
    assertThat(found).as("seed " + SEED).isGreaterThanOrEqualTo(0.95);
  }

  /** The part of values that are found. */
  private static double found(DhtNetwork net, List<DhtHost> hosts) {
    List<DhtHost> seekers = new ArrayList<>();
    for (int i = 0; i < VALUES; i++) {
      Hash torrent = Hash.sha1(ByteBuffer.allocate(4).putInt(i).array());
      hosts.get(i * 13 % hosts.size()).list(torrent, 5000);
    }
    net.world.runFor(Duration.ofSeconds(30));
    int found = 0;
    for (int i = 0; i < VALUES; i++) {
      Hash torrent = Hash.sha1(ByteBuffer.allocate(4).putInt(i).array());
      DhtHost seeker = hosts.get((i * 13 + hosts.size() / 2) % hosts.size());
      seeker.found.clear();
      seeker.list(torrent, 0);
      seekers.add(seeker);
      net.world.runFor(Duration.ofSeconds(10));
      found += seeker.found.isEmpty() ? 0 : 1;
    }
    return (double) found / VALUES;
  }

  private static long bytes(List<DhtHost> hosts) {
    return hosts.stream()
        .map(h -> h.status().counts())
        .mapToLong(c -> c.sentBytes() + c.receivedBytes())
        .sum();
  }

  private static long datagrams(List<DhtHost> hosts) {
    return hosts.stream()
        .map(DhtHost::status)
        .map(DhtStatus::counts)
        .mapToLong(c -> c.sentDatagrams() + c.receivedDatagrams())
        .sum();
  }

  private static void report(String format, Object... values) {
    System.out.printf("DHT simulation: " + format, values);
  }
}
