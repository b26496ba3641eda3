package sluice.cli.wiring;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import sluice.engine.policy.UrlGuard;
import sluice.engine.session.NetRules;
import sluice.transport.Binding;
import sluice.transport.Routes;

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
  /** Straight. */
  public static final Passage DIRECT =
      new Passage(Routes.DIRECT, false, UrlGuard.NORMAL, Binding.NONE, false, false);

  /** The ways that may be taken. */
  Routes allowed() {
    return anonymous ? routes.anonymous() : routes;
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
  NetRules rules() {
    boolean reachable = allowed().isReachable();
    return NetRules.DEFAULT
        .guard(guard)
        .incoming(reachable)
        .mapPorts(mapPorts && reachable)
        .toAll(toAll);
  }
}
