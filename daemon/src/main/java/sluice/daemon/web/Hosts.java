package sluice.daemon.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import sluice.protocol.address.IpLiteral;

/**
 * The names by which the daemon may be called. A page of others whose name is made to mean our
 * address has another name, and is refused. Addresses are not names: nobody can change what they
 * mean.
 */
public final class Hosts {
  private final Set<String> names;

  /** Besides addresses and {@code localhost} these names. */
  public Hosts(List<String> names) {
    this.names =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /** Whether {@code host}, as the header says it, is one of them. */
  public boolean isKnown(String host) {
    Optional<String> name = name(host);
    return name.isPresent()
        && (name.get().equals("localhost")
            || names.contains(name.get())
            || IpLiteral.parse(name.get()).isPresent());
  }

  /**
   * Whether {@code origin}, as the header says it, is a page of ours when called {@code host}. Of a
   * {@code secure} request it is one that came by TLS itself; a proxy may not tell that there is
   * TLS, so otherwise it may be either.
   */
  public static boolean isSame(String origin, String host, boolean secure) {
    int at = origin.indexOf("://");
    if (at < 0) {
      return false;
    }
    String scheme = origin.substring(0, at).toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    return (secure ? List.of("https") : List.of("http", "https")).contains(scheme)
        && withPort(origin.substring(at + 3), usual).equals(withPort(host, usual));
  }

  private static String withPort(String host, int usual) {
    String lower = host.toLowerCase(Locale.ROOT);
    int colon = lower.lastIndexOf(':');
    return colon > lower.lastIndexOf(']') ? lower : lower + ":" + usual;
  }

  /** The host without its port and brackets, if it is written correctly. */
  private static Optional<String> name(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (lower.startsWith("[")) {
      int end = lower.indexOf(']');
      return end > 0 && isPort(lower.substring(end + 1))
          ? Optional.of(lower.substring(1, end))
          : Optional.empty();
    }
    int colon = lower.indexOf(':');
    String port = colon < 0 ? "" : lower.substring(colon);
    return isPort(port)
        ? Optional.of(colon < 0 ? lower : lower.substring(0, colon))
        : Optional.empty();
  }

  private static boolean isPort(String text) {
    return text.isEmpty() || text.matches(":[0-9]{1,5}");
  }
}
