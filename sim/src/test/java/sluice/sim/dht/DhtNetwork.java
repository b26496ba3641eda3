package sluice.sim.dht;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;
import sluice.sim.net.LinkProfile;
import sluice.sim.net.SimNetwork;
import sluice.sim.world.Chance;
import sluice.sim.world.SimWorld;

/** Many nodes at addresses all over the internet; each begins with a few that were there before. */
final class DhtNetwork {
  final SimWorld world;
  final SimNetwork network;
  final List<DhtHost> hosts = new ArrayList<>();
  private final Chance chance;
  private boolean ipv6;
  private final Set<InetAddress> used = new LinkedHashSet<>();

  DhtNetwork(long seed) {
    world = new SimWorld(seed);
    network = new SimNetwork(world);
    chance = world.chance("addresses");
  }

  /** Gives IPv6 addresses to hosts that are made from here on. */
  DhtNetwork ipv6() {
    ipv6 = true;
    return this;
  }

  /** Adds {@code count} nodes, some each second, and lets them settle. */
  void grow(int count, int perSecond) {
    for (int i = 0; i < count; i++) {
      DhtHost host = add();
      host.start();
      if (i % perSecond == perSecond - 1) {
        world.runFor(Duration.ofSeconds(1));
      }
    }
    world.runFor(Duration.ofMinutes(2));
  }

  /** A node that is not started and does not know where it is. */
  DhtHost stranger() {
    return new DhtHost(world, network, address(), starters(3), LinkProfile.home(), false);
  }

  /** One more node, which is not started. */
  DhtHost add() {
    DhtHost host = new DhtHost(world, network, address(), starters(3), LinkProfile.home(), true);
    hosts.add(host);
    return host;
  }

  /** Some nodes that are there. */
  List<Endpoint> starters(int most) {
    List<Endpoint> chosen = new ArrayList<>();
    for (int i = 0; i < most && !hosts.isEmpty(); i++) {
      chosen.add(hosts.get(chance.nextInt(hosts.size())).endpoint);
    }
    return chosen;
  }

  /** An address that nobody has. */
  InetAddress address() {
    InetAddress address;
    do {
      byte[] bytes = new byte[ipv6 ? 16 : 4];
      chance.fill(bytes);
      bytes[0] = (byte) (ipv6 ? 0x2a : chance.between(11, 99));
      address = IpLiteral.ofBytes(bytes).orElseThrow();
    } while (!used.add(address));
    return address;
  }
}
