package sluice.daemon.web;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sluice.daemon.metric.RequestCounts;

/**
 * What every request passes: whether the daemon was meant, whether a page of others sent it, who
 * wants it and whether they may. Only then its body is read and its route has it. Any thread.
 */
public final class Gate {
  private static final Logger LOG = System.getLogger(Gate.class.getName());

  private final Proxies proxies;
  private final Hosts hosts;
  private final Identity identity;
  private final Routes routes;
  private final RequestCounts counts;

  /** A gate before {@code routes}. */
  public Gate(
      Proxies proxies, Hosts hosts, Identity identity, Routes routes, RequestCounts counts) {
    this.proxies = proxies;
    this.hosts = hosts;
    this.identity = identity;
    this.routes = routes;
    this.counts = counts;
  }

  /** The answer to a request, whatever happens. */
  Reply answer(Head sent, InputStream body) {
    long began = System.nanoTime();
    Head head = proxies.seen(sent);
    String pattern = "";
    Dialect dialect = Dialect.PAGE;
    Reply reply;
    try {
      if (!hosts.isKnown(head.header("Host").orElse(""))) {
        throw new Problem(
            421,
            "host",
            "this name is not one of ours; name it in the configuration under web.hosts");
      }
      String path = head.path();
      String method = head.method().equals("HEAD") ? "GET" : head.method();
      Routes.Found found = routes.find(method, path);
      dialect = found.route().dialect();
      pattern = found.route().pattern();
      reply = pass(head, path, found, body);
    } catch (Problem e) {
      reply = Refusal.of(dialect, e);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "request failed: " + head.method() + " " + head.rawPath(), e);
      reply = Refusal.of(dialect, new Problem(500, "internal", "the daemon failed"));
    }
    counts.add(pattern, reply.status(), System.nanoTime() - began);
    return SafeHeaders.on(reply);
  }

  private Reply pass(Head head, String path, Routes.Found found, InputStream body) {
    Route route = found.route();
    refuseOthersPages(head, route);
    Caller caller = route.scope().isPresent() ? identity.of(head) : Caller.NOBODY;
    route.scope().ifPresent(scope -> require(caller, scope, route.dialect()));
    requireOwnPage(head, route, caller);
    byte[] bytes = read(head, body, route.maxBodyBytes());
    Fields fields = Fields.of(head.rawQuery());
    List<Request.Part> parts = List.of();
    String type = head.header("Content-Type").orElse("");
    // The RPC has no forms, and some of its callers say otherwise.
    String kind = route.dialect() == Dialect.TRANSMISSION ? "" : type.toLowerCase(Locale.ROOT);
    if (kind.startsWith("multipart/form-data")) {
      parts = Multipart.read(type, bytes, fields);
      bytes = new byte[0];
    } else if (kind.startsWith("application/x-www-form-urlencoded")) {
      fields.add(new String(bytes, StandardCharsets.UTF_8));
      bytes = new byte[0];
    }
    return route
        .handler()
        .answer(
            new Request(
                head.method(),
                path,
                found.variables(),
                fields,
                head.headers(),
                bytes,
                parts,
                head.remote(),
                head.secure(),
                caller));
  }

  /** Browsers say where a request comes from, whatever the page that sends it wants. */
  private static void refuseOthersPages(Head head, Route route) {
    boolean page = route.dialect() == Dialect.PAGE && !route.isChanging();
    Optional<String> origin = head.header("Origin");
    String host = head.header("Host").orElse("");
    boolean other = origin.isPresent() && !Hosts.isSame(origin.get(), host, head.secure());
    boolean site =
        head.header("Sec-Fetch-Site")
            .filter(from -> from.equals("cross-site") || from.equals("same-site"))
            .isPresent();
    if (other || (site && !page)) {
      int status = route.dialect() == Dialect.QBITTORRENT ? 401 : 403;
      throw new Problem(status, "origin", "a page of others sent this request");
    }
  }

  private static void require(Caller caller, Scope scope, Dialect dialect) {
    if (!caller.isKnown()) {
      throw new Problem(dialect == Dialect.QBITTORRENT ? 403 : 401, "who", "log in, or send a key");
    } else if (!caller.scopes().contains(scope)) {
      throw new Problem(403, "scope", "this needs the scope " + scope.text());
    }
  }

  /** What a cookie allows must come from a page of ours, or from a program that says so. */
  private static void requireOwnPage(Head head, Route route, Caller caller) {
    if (route.isChanging()
        && route.dialect() == Dialect.OWN
        && caller.byCookie()
        && head.header("Origin").isEmpty()) {
      throw new Problem(403, "origin", "a request with a cookie says where it comes from");
    }
  }

  private static byte[] read(Head head, InputStream body, int most) {
    Problem tooLarge = new Problem(413, "too-large", "a body has at most " + most + " bytes");
    String length = head.header("Content-Length").orElse("0");
    if (length.length() > 10 || !length.matches("[0-9]+") || Long.parseLong(length) > most) {
      throw tooLarge;
    }
    try {
      byte[] bytes = body.readNBytes(most + 1);
      if (bytes.length > most) {
        throw tooLarge;
      }
      return bytes;
    } catch (IOException e) {
      throw Problem.bad("the body was cut off");
    }
  }
}
