package sluice.daemon.web;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request without its body.
 *
 * @param method of HTTP
 * @param rawPath as it was sent
 * @param rawQuery as it was sent
 * @param headers by names in lower case
 * @param remote who sent it
 * @param secure whether it came by TLS
 */
public record Head(
    String method,
    String rawPath,
    String rawQuery,
    Map<String, String> headers,
    InetAddress remote,
    boolean secure) {

  /** A header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The cookie called {@code name}. */
  public Optional<String> cookie(String name) {
    for (String pair : header("Cookie").orElse("").split(";", -1)) {
      String cookie = pair.trim();
      if (cookie.startsWith(name + "=")) {
        return Optional.of(cookie.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }

  /**
   * The path, decoded.
   *
   * @throws Problem if a part of it could mean another place
   */
  String path() {
    List<String> parts = new ArrayList<>();
    for (String raw : Route.split(rawPath.startsWith("/") ? rawPath : "/")) {
      // In paths a plus is a plus.
      Fields one = Fields.of("x=" + raw.replace("+", "%2B").replace("&", "%26"));
      String part = one.get("x").orElse("");
      if (part.equals(".") || part.equals("..") || part.matches("(?s).*[/\\\\\\x00-\\x1f].*")) {
        throw Problem.bad("the path is not clean");
      }
      parts.add(part);
    }
    return "/" + String.join("/", parts);
  }
}
