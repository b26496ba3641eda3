package sluice.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Where one request of an exchange goes.
 *
 * @param secure whether it is https
 * @param host name or literal, an IPv6 literal without brackets
 * @param port never 0
 * @param path raw path and query, as they are sent
 * @param hostHeader host and, unless it is the scheme's own, port
 * @param uri what this was read from
 */
record Target(boolean secure, String host, int port, String path, String hostHeader, URI uri) {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /** The target of an absolute http or https URI with a host of ASCII characters. */
  static Optional<Target> of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("https");
    if ((!secure && !scheme.equals("http")) || uri.getRawAuthority() == null) {
      return Optional.empty();
    }
    String hostPort = uri.getRawAuthority().substring(uri.getRawAuthority().lastIndexOf('@') + 1);
    int colon = hostPort.lastIndexOf(':');
    boolean hasPort = colon > hostPort.lastIndexOf(']');
    String host = hasPort ? hostPort.substring(0, colon) : hostPort;
    Optional<Integer> port =
        port(hasPort ? hostPort.substring(colon + 1) : "", secure ? HTTPS_PORT : HTTP_PORT);
    if (port.isEmpty() || !host.matches("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]")) {
      return Optional.empty();
    }
    boolean standard = port.get() == (secure ? HTTPS_PORT : HTTP_PORT);
    return Optional.of(
        new Target(
            secure,
            host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
            port.get(),
            path(uri),
            standard ? host : host + ":" + port.get(),
            uri));
  }

  private static Optional<Integer> port(String digits, int standard) {
    if (digits.isEmpty()) {
      return Optional.of(standard);
    }
    if (!digits.matches("[0-9]{1,5}")) {
      return Optional.empty();
    }
    int port = Integer.parseInt(digits);
    return port >= 1 && port <= 65_535 ? Optional.of(port) : Optional.empty();
  }

  private static String path(URI uri) {
    URI ascii = URI.create(uri.toASCIIString());
    String path = ascii.getRawPath() == null ? "" : ascii.getRawPath();
    String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
    return (path.startsWith("/") ? path : "/" + path) + query;
  }

  /** The value of an Authorization header for the user that the URI names, if it does. */
  Optional<String> authorization() {
    return Optional.ofNullable(uri.getUserInfo())
        .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)));
  }

  /** Where {@code location} leads from here. */
  Optional<Target> redirect(String location) {
    try {
      return of(uri.resolve(location));
    } catch (IllegalArgumentException notUri) {
      return Optional.empty();
    }
  }
}
