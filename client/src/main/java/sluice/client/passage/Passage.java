package sluice.client.passage;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import sluice.client.ClientConfig;
import sluice.engine.policy.UrlGuard;
import sluice.engine.session.NetRules;
import sluice.transport.Binding;
import sluice.transport.Routes;
import sluice.transport.TransportConfig;

/**
 * How the way to the network leads past others.
 *
 * @param routes through which proxies
 * @param anonymous whether nothing may show which machine and program this is
 * @param guard where what torrents name may be
 * @param binding of all sockets
 * @param mapPorts whether routers are asked to let peers in
 * @param toAll whether every tracker of a torrent is announced to
 */
public record Passage(
    Routes routes,
    boolean anonymous,
    UrlGuard guard,
    Binding binding,
    boolean mapPorts,
    boolean toAll) {
  private static final int PREFIX_CHARS = 8;

  /** Straight. */
  public static final Passage DIRECT =
      new Passage(Routes.DIRECT, false, UrlGuard.NORMAL, Binding.NONE, false, false);

  /** The ways that may be taken. */
  public Routes allowed() {
    return anonymous ? routes.anonymous() : routes;
  }

  /** {@code config} by these ways. */
  public ClientConfig lead(ClientConfig config) {
    return config.routes(allowed()).binding(binding);
  }

  /**
   * The network of single questions by these ways.
   *
   * @param agent name of the program, told unless nothing may be
   * @param from address to ask from, or any
   */
  public TransportConfig questions(String agent, Optional<InetAddress> from) {
    TransportConfig config =
        TransportConfig.defaults().agent(agent(agent)).routes(allowed()).binding(binding);
    return from.map(address -> config.from(List.of(address))).orElse(config);
  }

  /** What the program is called before others, where it is called {@code usual} otherwise. */
  public String agent(String usual) {
    return anonymous ? "" : usual;
  }

  /** The beginning of the peer id; it names no program if nothing may. */
  public String peerIdPrefix(String usual) {
    if (!anonymous) {
      return usual;
    }
    SecureRandom chance = new SecureRandom();
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < PREFIX_CHARS; i++) {
      prefix.append(Character.forDigit(chance.nextInt(36), 36));
    }
    return prefix.toString();
  }

  /** The interface that everything is bound to, if it is not there. */
  public Optional<String> missing() {
    return binding
        .device()
        .filter(name -> {
          try {
            return NetworkInterface.getByName(name) == null;
          } catch (SocketException e) {
            return true;
          }
        });
  }

  /** The engine's rules. */
  public NetRules rules() {
    boolean reachable = allowed().isReachable();
    return NetRules.DEFAULT
        .guard(guard)
        .incoming(reachable)
        .mapPorts(mapPorts && reachable)
        .toAll(toAll);
  }
}
