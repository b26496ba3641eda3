package sluice.daemon.web;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.address.IpNetwork;

/**
 * Proxies that are believed when they say for whom they ask ({@code X-Forwarded-For}, {@code
 * -Proto} and {@code -Host}). What anybody else says of it is not looked at. Immutable.
 */
public final class Proxies {
  /** Hops of a request; one that has more is not believed. */
  private static final int MAX_HOPS = 32;

  private final List<IpNetwork> believed;

  /** Those in {@code believed}. */
  public Proxies(List<IpNetwork> believed) {
    this.believed = List.copyOf(believed);
  }

  /** The request as whoever sent it to the first of our proxies meant it. */
  Head seen(Head head) {
    if (!isOurs(head.remote())) {
      return head;
    }
    Map<String, String> headers = new HashMap<>(head.headers());
    last(head, "X-Forwarded-Host").ifPresent(host -> headers.put("host", host));
    boolean secure =
        last(head, "X-Forwarded-Proto")
            .map(scheme -> scheme.toLowerCase(Locale.ROOT).equals("https"))
            .orElse(head.secure());
    return new Head(head.method(), head.rawPath(), head.rawQuery(), headers, sender(head), secure);
  }

  private boolean isOurs(InetAddress address) {
    return believed.stream().anyMatch(network -> network.contains(address));
  }

  /** The last hop that is none of ours: hops before it may be invented. */
  private InetAddress sender(Head head) {
    InetAddress sender = head.remote();
    List<String> hops = hops(head.header("X-Forwarded-For").orElse(""));
    for (String hop : hops.size() > MAX_HOPS ? List.<String>of() : hops.reversed()) {
      Optional<InetAddress> address = address(hop);
      if (address.isEmpty()) {
        return sender;
      }
      sender = address.get();
      if (!isOurs(sender)) {
        return sender;
      }
    }
    return sender;
  }

  /** What the proxy that is next to us added. */
  private static Optional<String> last(Head head, String name) {
    List<String> all = hops(head.header(name).orElse(""));
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  private static List<String> hops(String text) {
    return Stream.of(text.split(",", -1)).map(String::strip).filter(h -> !h.isEmpty()).toList();
  }

  private static Optional<InetAddress> address(String hop) {
    String bare = hop.startsWith("[") ? hop.substring(1, Math.max(1, hop.indexOf(']'))) : hop;
    int colon = bare.indexOf(':');
    boolean port = colon >= 0 && bare.indexOf(':', colon + 1) < 0;
    return IpLiteral.parse(port ? bare.substring(0, colon) : bare);
  }
}
