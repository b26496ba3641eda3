package sluice.daemon.web;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request whose route is found, whose sender is known and whose body is read.
 *
 * @param method of HTTP
 * @param path without the query
 * @param variables parts of the path that the route names
 * @param query parameters of the query, and those of a form
 * @param headers by names in lower case
 * @param body of it; empty if it is a form
 * @param parts of a form with files
 * @param remote who sent it; a proxy, if it is not one of ours
 * @param secure whether it came by TLS
 * @param caller on whose behalf
 */
@SuppressWarnings("ArrayRecordComponent") // bodies are read once and never compared
public record Request(
    String method,
    String path,
    Map<String, String> variables,
    Fields query,
    Map<String, String> headers,
    byte[] body,
    List<Part> parts,
    InetAddress remote,
    boolean secure,
    Caller caller) {

  /** A file of a form. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Part(String field, String fileName, byte[] bytes) {}

  /** A cookie for whoever sent it, which goes by TLS only if it came so. */
  public String cookie(String name, String value, String more) {
    return name
        + "="
        + value
        + "; HttpOnly; SameSite=Strict; Path=/"
        + more
        + (secure ? "; Secure" : "");
  }

  /** The part of the path that the route calls {@code name}. */
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no " + name);
    }
    return value;
  }

  /** A parameter of the query or the form. */
  public Optional<String> field(String name) {
    return query.get(name);
  }

  /** A parameter without which the request makes no sense. */
  public String need(String name) {
    return field(name).orElseThrow(() -> Problem.bad("the parameter " + name + " is missing"));
  }

  /** A header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
