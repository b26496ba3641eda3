package sluice.sim.dht;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.engine.dht.Dht;
import sluice.engine.dht.DhtConfig;
import sluice.engine.dht.DhtStatus;
import sluice.engine.dht.Listing;
import sluice.engine.port.Entropy;
import sluice.engine.swarm.ExternalAddress;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.protocol.digest.Hash;
import sluice.sim.net.LinkProfile;
import sluice.sim.net.SimNet;
import sluice.sim.net.SimNetwork;
import sluice.sim.net.SimResolver;
import sluice.sim.world.SimLoop;
import sluice.sim.world.SimWorld;

/** A host whose process is a node of the DHT. */
final class DhtHost {
  static final int PORT = 6881;

  final SimLoop loop;
  final SimNet net;
  final Endpoint endpoint;
  final ExternalAddress self = new ExternalAddress();
  final Dht dht;
  final List<Endpoint> found = new ArrayList<>();

  DhtHost(SimWorld world, SimNetwork network, InetAddress address, List<Endpoint> routers) {
    this(world, network, address, routers, LinkProfile.home(), true);
  }

  /** One that knows its address, as long-lived nodes do, or is to find out. */
  DhtHost(
      SimWorld world,
      SimNetwork network,
      InetAddress address,
      List<Endpoint> routers,
      LinkProfile profile,
      boolean knowsItself) {
    this.loop = world.loop("dht" + address.getHostAddress());
    this.net = network.attach(loop, address, profile);
    this.endpoint = new Endpoint(address, PORT);
    if (knowsItself) {
      for (int i = 1; i <= 5; i++) {
        boolean ipv6 = endpoint.isIpv6();
        self.peer(InetAddress.ofLiteral(ipv6 ? "2400:" + i + "::1" : "1.0." + i + ".1"), address);
      }
    }
    Entropy entropy = world.chance("dht/" + address.getHostAddress());
    List<HostPort> named =
        routers.stream().map(r -> new HostPort(r.address().getHostAddress(), r.port())).toList();
    this.dht =
        new Dht(
            loop, net, new SimResolver(net), entropy, self, barred -> false, DhtConfig.with(named));
  }

  void start() {
    loop.execute(() -> dht.start(endpoint));
  }

  /** Lists this host as a peer of {@code torrent} at {@code port}; 0 only looks. */
  void list(Hash torrent, int port) {
    loop.execute(() -> {
      Listing listing = dht.list(torrent, () -> new Listing.Self(port, false), found::addAll);
      listing.wantPeers();
    });
  }

  DhtStatus status() {
    return dht.status().getFirst();
  }

  Optional<Endpoint> first() {
    return found.stream().findFirst();
  }
}
