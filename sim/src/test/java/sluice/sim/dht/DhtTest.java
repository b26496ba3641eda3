package sluice.sim.dht;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import sluice.protocol.digest.Hash;

/** A few nodes find each other, and what they keep for each other. */
class DhtTest {
  @Test
  void aPeerIsFound() {
    DhtNetwork net = new DhtNetwork(1);
    net.grow(50, 10);
    Hash torrent = Hash.sha1(new byte[] {1});
    net.hosts.get(7).list(torrent, 5000);
    net.world.runFor(Duration.ofSeconds(20));
    DhtHost seeker = net.hosts.get(30);
    seeker.list(torrent, 0);
    net.world.runFor(Duration.ofSeconds(20));
  }
}
