package sluice.client.passage;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import sluice.protocol.address.HostPort;
import sluice.protocol.proxy.Login;
import sluice.transport.Proxy;
import sluice.transport.Route;
import sluice.transport.Routes;

/** Proxies as users name them: {@code URL} or {@code KINDS=URL}. */
public final class ProxyRules {
  private static final Set<String> KINDS = Set.of("peers", "trackers", "web", "udp");
  private static final int SOCKS_PORT = 1_080;
  private static final int HTTP_PORT = 8_080;

  private ProxyRules() {}

  /**
   * {@code text}, if it is a rule.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static String checked(String text) {
    apply(Routes.DIRECT, text, false);
    return text;
  }

  /** The ways that {@code rules} leave, a later one before an earlier. */
  public static Routes routes(List<String> rules, boolean isolate) {
    Routes routes = Routes.DIRECT;
    for (String rule : rules) {
      routes = apply(routes, rule, isolate);
    }
    return routes;
  }

  private static Routes apply(Routes before, String rule, boolean isolate) {
    int equals = rule.matches("[a-z,]+=.*") ? rule.indexOf('=') : -1;
    Route route = route(rule.substring(equals + 1), isolate);
    if (equals < 0) {
      return Routes.all(route);
    }
    Set<String> kinds = new TreeSet<>(List.of(rule.substring(0, equals).split(",", -1)));
    if (!KINDS.containsAll(kinds)) {
      throw new IllegalArgumentException(
          "'" + rule.substring(0, equals) + "': the kinds are peers, trackers, web and udp");
    }
    if (kinds.contains("udp") && !route.ofDatagrams().equals(route)) {
      throw new IllegalArgumentException("HTTP proxies carry no UDP; use a SOCKS proxy, or none");
    }
    return new Routes(
        kinds.contains("peers") ? route : before.peers(),
        kinds.contains("trackers") ? route : before.trackers(),
        kinds.contains("web") ? route : before.web(),
        kinds.contains("udp") ? route : before.datagrams());
  }

  private static Route route(String text, boolean isolate) {
    return switch (text) {
      case "direct" -> new Route.Direct();
      case "none" -> new Route.Closed();
      default -> {
        Proxy proxy = proxy(text);
        yield new Route.Through(isolate ? proxy.isolating() : proxy);
      }
    };
  }

  private static Proxy proxy(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw bad();
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean socks = scheme.equals("socks5") || scheme.equals("socks5h");
    boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null;
    boolean path = uri.getRawPath() != null && !uri.getRawPath().matches("/?");
    if ((!socks && !scheme.equals("http")) || uri.getHost() == null || !plain || path) {
      throw bad();
    }
    int port = uri.getPort() > 0 ? uri.getPort() : socks ? SOCKS_PORT : HTTP_PORT;
    String host = uri.getHost().replace("[", "").replace("]", "");
    Optional<Login> login = Optional.ofNullable(uri.getUserInfo()).map(ProxyRules::login);
    Proxy.Kind kind = socks ? Proxy.Kind.SOCKS5 : Proxy.Kind.HTTP;
    return new Proxy(kind, new HostPort(host, port), login, false);
  }

  private static Login login(String userInfo) {
    int colon = userInfo.indexOf(':');
    return colon < 0
        ? new Login(userInfo, "")
        : new Login(userInfo.substring(0, colon), userInfo.substring(colon + 1));
  }

  /** Does not repeat what may hold a password. */
  private static IllegalArgumentException bad() {
    return new IllegalArgumentException(
        "not a proxy; write it like socks5://127.0.0.1:9050 or http://proxy.example:8080");
  }
}
