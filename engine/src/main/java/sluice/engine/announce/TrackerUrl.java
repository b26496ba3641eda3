package sluice.engine.announce;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sluice.engine.policy.UrlGuard;
import sluice.engine.port.Reach;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.text.Shown;

/**
 * The address of a tracker that we can speak with. Its path and query may hold a passkey, so that
 * only {@link #redacted} is for logs and people.
 */
public final class TrackerUrl {
  /** Longest address in characters. */
  static final int MAX_LENGTH = 2_048;

  private static final int SHORTEST_SECRET = 8;
  private static final int LONGEST_SHOWN = 16;
  private static final int MAX_MESSAGE = 200;
  private static final String HIDDEN = "***";

  private final URI uri;
  private final boolean udp;
  private final String host;

  private TrackerUrl(URI uri, boolean udp, String host) {
    this.uri = uri;
    this.udp = udp;
    this.host = host;
  }

  /** Parses {@code text}. Empty for what is no address, and for other schemes than ours. */
  static Optional<TrackerUrl> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    URI uri;
    try {
      uri = new URI(escaped(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    boolean udp = scheme.equals("udp");
    boolean http = scheme.equals("http") || scheme.equals("https");
    if (host == null || !(udp || http) || (udp && uri.getPort() < 1) || uri.getPort() > 65_535) {
      return Optional.empty();
    }
    return Optional.of(new TrackerUrl(uri, udp, host.replace("[", "").replace("]", "")));
  }

  /**
   * Whether a torrent may make us ask there, as far as the address tells: it may not choose what is
   * sent to the other services of this machine. A name is looked at again when it is resolved.
   */
  boolean isAllowed(UrlGuard guard) {
    Optional<InetAddress> known =
        literal().isPresent()
            ? IpLiteral.parse(host)
            : isLoopback() ? Optional.of(InetAddress.getLoopbackAddress()) : Optional.empty();
    return known.map(reach(guard)::allows).orElse(true);
  }

  /** Where an announce may go. */
  Reach reach(UrlGuard guard) {
    return udp ? guard.datagrams() : guard.tracker(uri);
  }

  /** Whether it is spoken with over UDP rather than HTTP. */
  boolean isUdp() {
    return udp;
  }

  /** Name or literal, without brackets. */
  String host() {
    return host;
  }

  /** The tracker of the same host at another port (BEP 34). */
  Optional<TrackerUrl> at(boolean byUdp, int otherPort) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String scheme = byUdp ? "udp" : udp ? "http" : uri.getScheme();
    String rest = path.isEmpty() && !byUdp ? "/announce" : path;
    return parse(scheme + "://" + uri.getHost() + ":" + otherPort + rest + query);
  }

  /** The port of a UDP tracker. */
  int port() {
    return uri.getPort();
  }

  /** The whole address. */
  String text() {
    return uri.toString();
  }

  /** The family of a literal host; empty for a name. */
  Optional<Family> literal() {
    if (host.indexOf(':') >= 0) {
      return Optional.of(Family.IPV6);
    }
    return host.matches("[0-9.]+") ? Optional.of(Family.IPV4) : Optional.empty();
  }

  /** Whether the host is this machine. */
  boolean isLoopback() {
    return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  /** {@code url} without what may be secret; as it is if it is no address of a tracker. */
  public static String shown(String url) {
    return parse(url).map(TrackerUrl::redacted).orElse(url);
  }

  /** The address without user, query and whatever in the path may be secret. */
  String redacted() {
    StringBuilder out = new StringBuilder(uri.getScheme()).append("://").append(uri.getHost());
    if (uri.getPort() >= 0) {
      out.append(':').append(uri.getPort());
    }
    List<String> segments = segments();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      boolean shown = i == segments.size() - 1 && segment.length() <= LONGEST_SHOWN;
      out.append('/').append(shown ? segment : HIDDEN);
    }
    return uri.getRawQuery() == null ? out.toString() : out.append("?").append(HIDDEN).toString();
  }

  /** {@code message} made fit to be shown, on one short line and without our secrets. */
  String clean(String message) {
    String text = message;
    List<String> secrets = new ArrayList<>(segments());
    if (uri.getRawQuery() != null) {
      secrets.addAll(List.of(uri.getRawQuery().split("[&=]", -1)));
    }
    if (uri.getRawUserInfo() != null) {
      secrets.add(uri.getRawUserInfo());
    }
    for (String secret : secrets) {
      if (secret.length() >= SHORTEST_SECRET && !secret.startsWith("announce")) {
        text = text.replace(secret, HIDDEN);
      }
    }
    return Shown.text(text.strip(), MAX_MESSAGE);
  }

  /** Drops the fragment and escapes what people write in addresses although it is not allowed. */
  private static String escaped(String text) {
    int end = text.indexOf('#');
    String kept = end < 0 ? text : text.substring(0, end);
    StringBuilder out = new StringBuilder();
    for (byte b : kept.getBytes(StandardCharsets.UTF_8)) {
      if (b < 0 || "\"<>\\^`{|} ".indexOf(b) >= 0) {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      } else {
        out.append((char) b);
      }
    }
    return out.toString();
  }

  private List<String> segments() {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return List.of(path.split("/", -1)).stream().filter(s -> !s.isEmpty()).toList();
  }

  @Override
  public String toString() {
    return redacted();
  }
}
