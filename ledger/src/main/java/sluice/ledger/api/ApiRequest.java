package sluice.ledger.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.URLDecoder;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as it came. */
public final class ApiRequest {
  private final String method;
  private final String target;
  private final Map<String, String> headers;
  private final byte[] body;
  private final InetAddress remote;

  /**
   * A request.
   *
   * @param target path and query, undecoded
   * @param headers names in lower case, the first value of each
   * @param body stays the caller's, who must not change it
   * @param remote who sent it
   */
  public ApiRequest(
      String method, String target, Map<String, String> headers, byte[] body, InetAddress remote) {
    this.method = method;
    this.target = target;
    this.headers = Map.copyOf(headers);
    this.body = body;
    this.remote = remote;
  }

  String method() {
    return method;
  }

  String target() {
    return target;
  }

  byte[] body() {
    return body;
  }

  InetAddress remote() {
    return remote;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** The value of a parameter of the query; those that are used need no escapes. */
  Optional<String> parameter(String name) {
    int query = target.indexOf('?');
    if (query >= 0) {
      for (String part : target.substring(query + 1).split("&", -1)) {
        if (part.startsWith(name + "=")) {
          String value = part.substring(name.length() + 1);
          return Optional.of(decoded(name, value));
        }
      }
    }
    return Optional.empty();
  }

  private static String decoded(String name, String value) {
    try {
      return URLDecoder.decode(value, UTF_8);
    } catch (IllegalArgumentException e) {
      throw Body.bad("?" + name + "= has an escape that is none");
    }
  }
}
