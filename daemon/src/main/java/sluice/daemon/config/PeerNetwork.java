package sluice.daemon.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.client.ClientConfig;
import sluice.client.passage.Passage;
import sluice.engine.crypt.EncryptionPolicy;
import sluice.engine.dht.DhtConfig;
import sluice.engine.policy.Transports;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.protocol.address.IpLiteral;

/** Makes the client's network of what the configuration says. */
final class PeerNetwork {
  private static final int USUAL_PORT = 6_881;

  private PeerNetwork() {}

  static ClientConfig of(ConfigFile.Network said, String userAgent, List<HostPort> routers) {
    Optional<InetAddress> bind =
        Optional.ofNullable(said.bind()).map(text -> literal("network.bind", text));
    boolean here = bind.filter(InetAddress::isLoopbackAddress).isPresent();
    Passage passage = PeerPassage.of(said, here);
    EngineConfig base = EngineConfig.defaults(listen(bind, port(said.port(), USUAL_PORT)));
    EngineConfig engine =
        new EngineConfig(
                base.listen(),
                bind.map(address -> new Endpoint(address, 0)),
                passage.agent(userAgent),
                passage.peerIdPrefix(base.peerIdPrefix()),
                0,
                0,
                base.maxPeers(),
                base.maxPeersPerTorrent(),
                base.maxHalfOpen(),
                base.uploadSlots(),
                encryption(said.encryption()))
            .dht(isOn(said.dht()) ? DhtConfig.with(routers(said, here, routers)) : DhtConfig.OFF)
            .transports(transports(isOn(said.tcp()), isOn(said.utp())))
            .lsd(isOn(said.lsd()) && !here && passage.allowed().isReachable())
            .rules(passage.rules());
    return passage.lead(ClientConfig.of(engine));
  }

  private static Transports transports(boolean tcp, boolean utp) {
    if (!tcp && !utp) {
      throw new ConfigProblem("network.tcp and network.utp: without both there is no way to peers");
    }
    return tcp && utp ? Transports.BOTH : tcp ? Transports.TCP : Transports.UTP;
  }

  /** Those that are named, or else the usual ones, unless nothing is to leave the machine. */
  private static List<HostPort> routers(
      ConfigFile.Network said, boolean here, List<HostPort> usual) {
    List<String> named = said.dhtNodes() == null ? List.of() : said.dhtNodes();
    return named.isEmpty() && !here ? usual : named.stream().map(PeerNetwork::node).toList();
  }

  private static HostPort node(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(colon, 0));
    boolean brackets = host.startsWith("[") && host.endsWith("]");
    try {
      if (host.isEmpty()) {
        throw new IllegalArgumentException("no host");
      }
      return new HostPort(
          brackets ? host.substring(1, host.length() - 1) : host,
          Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new ConfigProblem("network.dht-nodes: '" + text + "' is not like HOST:PORT");
    }
  }

  static InetAddress literal(String key, String text) {
    return IpLiteral.parse(text)
        .orElseThrow(() -> new ConfigProblem(key + ": '" + text + "' is no address"));
  }

  /** Everything is used unless it is switched off. */
  private static boolean isOn(@Nullable Boolean said) {
    return said == null || said;
  }

  static int port(@Nullable Integer said, int usual) {
    int port = said == null ? usual : said;
    if (port < 0 || port > 65_535) {
      throw new ConfigProblem("a port is from 0 to 65535: " + port);
    }
    return port;
  }

  private static EncryptionPolicy encryption(@Nullable String said) {
    return switch (said == null ? "allowed" : said) {
      case "forced" -> EncryptionPolicy.FORCED;
      case "preferred" -> EncryptionPolicy.PREFERRED;
      case "allowed" -> EncryptionPolicy.ALLOWED;
      case "off" -> EncryptionPolicy.OFF;
      default -> throw new ConfigProblem("network.encryption is forced, preferred, allowed or off");
    };
  }

  /** Both families at one port, unless one address is named. */
  private static List<Endpoint> listen(Optional<InetAddress> bind, int port) {
    if (bind.isPresent()) {
      return List.of(new Endpoint(bind.get(), port));
    }
    InetAddress any = address(new byte[4]);
    int chosen = port == 0 ? free(any) : port;
    return List.of(new Endpoint(any, chosen), new Endpoint(address(new byte[16]), chosen));
  }

  private static int free(InetAddress address) {
    try (ServerSocket probe = new ServerSocket(0, 1, address)) {
      return probe.getLocalPort();
    } catch (IOException e) {
      return 0;
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
