package sluice.cli.wiring;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import sluice.cli.Version;
import sluice.client.ClientConfig;
import sluice.client.passage.Passage;
import sluice.engine.crypt.EncryptionPolicy;
import sluice.engine.dht.DhtConfig;
import sluice.engine.policy.Transports;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.NetRules;
import sluice.engine.session.Policies;
import sluice.protocol.address.Endpoint;
import sluice.protocol.filter.IpFilter;

/**
 * How the user wants to be on the network.
 *
 * @param port to accept peers at; 0 for any; empty for the usual one, or any if that is in use
 * @param bind address to listen at and to connect from; empty for all
 * @param down bytes per second to receive at the most; 0 for no limit
 * @param up bytes per second to send at the most; 0 for no limit
 * @param encryption of connections with peers
 * @param maxPeers to be connected with at the most; empty for the usual numbers
 * @param policies how many torrents run at a time, and when they have shared enough
 * @param dht whether and how the DHT is used
 * @param transports of connections with peers
 * @param lsd whether peers are looked for in the local network
 * @param blocked addresses that nothing is exchanged with
 * @param passage past proxies and rules
 */
public record Network(
    Optional<Integer> port,
    Optional<InetAddress> bind,
    long down,
    long up,
    EncryptionPolicy encryption,
    Optional<Integer> maxPeers,
    Policies policies,
    DhtConfig dht,
    Transports transports,
    boolean lsd,
    IpFilter blocked,
    Passage passage) {
  /** The first port that BitTorrent programs have always used. */
  static final int USUAL_PORT = 6881;

  private static final byte[] ANY_IPV4 = new byte[4];
  private static final byte[] ANY_IPV6 = new byte[16];

  /** The client's settings. */
  ClientConfig clientConfig() {
    return passage.lead(ClientConfig.of(engineConfig()).block(blocked));
  }

  /** The engine's settings. */
  EngineConfig engineConfig() {
    EngineConfig base = EngineConfig.defaults(listen());
    return new EngineConfig(
            base.listen(),
            bind.map(address -> new Endpoint(address, 0)),
            passage.agent("Sluice/" + Version.number()),
            passage.peerIdPrefix(base.peerIdPrefix()),
            base.downBytesPerSecond(),
            base.upBytesPerSecond(),
            maxPeers.orElse(base.maxPeers()),
            maxPeers.orElse(base.maxPeersPerTorrent()),
            Math.min(base.maxHalfOpen(), maxPeers.orElse(base.maxHalfOpen())),
            base.uploadSlots(),
            encryption)
        .limits(down, up)
        .policies(policies)
        .dht(dht)
        .transports(transports)
        .lsd(lsd && passage.allowed().isReachable())
        .rules(rules());
  }

  /** The addresses to listen at: the one that was given, or all of both families at one port. */
  List<Endpoint> listen() {
    if (bind.isPresent()) {
      InetAddress address = bind.get();
      int chosen = port.orElseGet(() -> isFree(address, USUAL_PORT) ? USUAL_PORT : 0);
      return List.of(new Endpoint(address, chosen));
    }
    InetAddress any4 = address(ANY_IPV4);
    int chosen = port.filter(p -> p != 0).orElseGet(() -> freePort(any4));
    return List.of(new Endpoint(any4, chosen), new Endpoint(address(ANY_IPV6), chosen));
  }

  /** A port that was free a moment ago; both families are to have the same. */
  private int freePort(InetAddress address) {
    if (port.isEmpty() && isFree(address, USUAL_PORT)) {
      return USUAL_PORT;
    }
    try (ServerSocket probe = new ServerSocket(0, 1, address)) {
      return probe.getLocalPort();
    } catch (IOException e) {
      return 0;
    }
  }

  /** No router can let anybody in at an address that is this machine's own. */
  private NetRules rules() {
    boolean here = bind.filter(InetAddress::isLoopbackAddress).isPresent();
    NetRules rules = passage.rules();
    return here ? rules.mapPorts(false) : rules;
  }

  static boolean isFree(InetAddress address, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(address, port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
    }
  }
}
