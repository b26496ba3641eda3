package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.web.Dialect;
import sluice.daemon.web.Route;
import sluice.daemon.web.Scope;

/** Each route against each attack, over sockets, as attackers and browsers send them. */
class SecurityTest {
  private static final Pattern VARIABLE = Pattern.compile("\\{[a-z]+\\}");
  private static final String HERE = "127.0.0.1";
  private static final int GUESS_EACH = 50;
  private static final int PATIENCE_MILLIS = 60_000;

  /** Parts of a path that try to be another place. */
  private static final List<String> PLACES =
      List.of("..", "%2e%2e", "..%2f..%2f..%2fetc%2fpasswd", "..%5c..%5cetc", "%00", "0%0ax");

  /** Those that try to be a command; what people name may be called so. */
  private static final List<String> COMMANDS =
      List.of("%24(touch%20pwned)", "%60touch%20pwned%60", "0%3btouch%20pwned", "-rf");

  @TempDir static Path temp;
  private static TestDaemon daemon;
  private static String browser;
  private static final Map<Scope, String> lacking = new EnumMap<>(Scope.class);

  @BeforeAll
  static void start() throws Exception {
    daemon = new TestDaemon(temp);
    String link = daemon.daemon.link();
    String word = link.substring(link.indexOf("#login=") + 7);
    HttpResponse<String> entered =
        daemon.send(
            HttpRequest.newBuilder(daemon.uri("/api/v1/login"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"word\":\"" + word + "\"}")));
    String cookie = entered.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
    browser = cookie.substring(0, cookie.indexOf(';'));
    HttpResponse<String> again =
        daemon.send(
            HttpRequest.newBuilder(daemon.uri("/api/v1/login"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"word\":\"" + word + "\"}")));
    assertThat(again.statusCode()).isEqualTo(403);
    // A right key ends the count of wrong ones.
    assertThat(daemon.get("/api/v1/me").statusCode()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  /** An answer as it came. */
  private record Answer(int status, String text) {}

  private static Answer send(Route route, Map<String, String> headers) throws IOException {
    return send(route, "0", HERE, headers);
  }

  /** Sends a request from {@code from} with {@code part} for each part of the path that varies. */
  private static Answer send(Route route, String part, String from, Map<String, String> headers)
      throws IOException {
    String path = VARIABLE.matcher(route.pattern()).replaceAll(Matcher.quoteReplacement(part));
    StringBuilder request = new StringBuilder(route.method() + " " + path + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    request.append(headers.containsKey("Content-Length") ? "" : "Content-Length: 0\r\n");
    request.append("Connection: close\r\n\r\n");
    URI uri = daemon.uri("/");
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort()));
      OutputStream out = socket.getOutputStream();
      out.write(request.toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
      // Streams of events do not end: the head is enough.
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          break;
        }
        head.append((char) next);
      }
      return new Answer(Integer.parseInt(head.substring(9, 12)), head.toString());
    }
  }

  private static Map<String, String> with(String host, String... more) {
    java.util.LinkedHashMap<String, String> headers = new java.util.LinkedHashMap<>();
    headers.put("Host", host);
    for (int i = 0; i < more.length; i += 2) {
      headers.put(more[i], more[i + 1]);
    }
    return headers;
  }

  private static String here() {
    return daemon.uri("/").getAuthority();
  }

  @Test
  void everyRouteRefusesEveryAttack() throws IOException {
    List<String> wrong = new ArrayList<>();
    int rows = 0;
    for (Route route : daemon.daemon.routes().all()) {
      boolean page = route.dialect() == Dialect.PAGE;
      int own = route.dialect() == Dialect.QBITTORRENT ? 401 : 403;
      rows += row(wrong, route, "rebinding", with("evil.example", "X-API-Key", daemon.key), 421);
      rows += row(wrong, route, "other port", with("evil.example:80", "Cookie", browser), 421);
      rows +=
          row(
              wrong,
              route,
              "forged forwarding",
              with("evil.example", "X-API-Key", daemon.key, "X-Forwarded-Host", here()),
              421);
      rows +=
          row(
              wrong,
              route,
              "other origin",
              with(here(), "Cookie", browser, "Origin", "http://evil.example"),
              own,
              403);
      rows +=
          row(
              wrong,
              route,
              "null origin",
              with(here(), "Cookie", browser, "Origin", "null"),
              own,
              403);
      if (!page) {
        rows +=
            row(
                wrong,
                route,
                "cross-site",
                with(here(), "Cookie", browser, "Sec-Fetch-Site", "cross-site"),
                own);
      }
      if (route.scope().isPresent()) {
        rows += row(wrong, route, "nobody", with(here()), 401, 403);
        rows +=
            row(wrong, route, "old cookie", with(here(), "Cookie", "sluice=x; SID=y"), 401, 403);
      }
      if (route.scope().isPresent()) {
        rows += row(wrong, route, "no scope", with(here(), "X-API-Key", without(route)), 403);
      }
      if (route.isChanging() && route.dialect() == Dialect.OWN && route.scope().isPresent()) {
        rows += row(wrong, route, "cookie without origin", with(here(), "Cookie", browser), 403);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(rows).isGreaterThan(600);
  }

  @Test
  void theApisOfOtherProgramsAndTheWalletAreInTheTable() {
    List<Route> all = daemon.daemon.routes().all();
    assertThat(all.stream().filter(r -> r.dialect() == Dialect.QBITTORRENT).count())
        .isGreaterThan(80);
    assertThat(all.stream().map(Route::pattern))
        .contains("/transmission/rpc", "/api/v1/wallet", "/api/v1/tracker", "/metrics");
  }

  /** Every route that says how long its body may be keeps to it before anything is read. */
  @Test
  void everyRouteRefusesBodiesThatAreTooLong() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Route route : daemon.daemon.routes().all()) {
      String length = "" + (route.maxBodyBytes() + 1);
      Map<String, String> headers = with(here(), "X-API-Key", daemon.key, "Content-Length", length);
      row(wrong, route, "body of " + length, headers, 413);
    }
    assertThat(wrong).isEmpty();
  }

  /** What stands in a path is no place and no command; a right key asks. */
  @Test
  void everyRouteRefusesPathsAndCommandsInItsPath() throws IOException {
    List<String> wrong = new ArrayList<>();
    int rows = 0;
    for (Route route : daemon.daemon.routes().all()) {
      if (!VARIABLE.matcher(route.pattern()).find()) {
        continue;
      }
      for (String part : Stream.concat(PLACES.stream(), COMMANDS.stream()).toList()) {
        int status = send(route, part, HERE, with(here(), "X-API-Key", daemon.key)).status();
        rows++;
        boolean isName = COMMANDS.contains(part) && status < 300;
        if (!isName && (status < 400 || status >= 500)) {
          wrong.add(route.method() + " " + route.pattern() + " " + part + ": " + status);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(rows).isGreaterThan(200);
    assertThat(Path.of("pwned")).doesNotExist();
  }

  /** Who was wrong too often is not even let in with a right key, by no route. */
  @Test
  void everyRouteIsClosedToWhoGuessesKeys() throws IOException {
    String from = "127.0.0.77";
    List<Route> guarded =
        daemon.daemon.routes().all().stream().filter(r -> r.scope().isPresent()).toList();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < guarded.size(); i++) {
      Route route = guarded.get(i);
      // They are let in again after a minute; five more guesses end that.
      for (int guess = 0; i % GUESS_EACH == 0 && guess < 5; guess++) {
        assertThat(send(route, "0", from, with(here(), "X-API-Key", "guess" + guess)).status())
            .as(route.pattern())
            .isBetween(401, 403);
      }
      int status = send(route, "0", from, with(here(), "X-API-Key", daemon.key)).status();
      if (status != 403) {
        wrong.add(route.method() + " " + route.pattern() + " right key: " + status);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(guarded).hasSizeGreaterThan(100);
    assertThat(daemon.told("/api/v1/me").isObject()).as("others are let in").isTrue();
  }

  /** The secret of a key that may do everything but what {@code route} needs. */
  private static String without(Route route) {
    return lacking.computeIfAbsent(
        route.scope().orElseThrow(),
        scope -> {
          Set<Scope> others = EnumSet.copyOf(Scope.ALL);
          others.remove(scope);
          return daemon.daemon.keys().make("not " + scope.text(), others).secret();
        });
  }

  private static int row(
      List<String> wrong, Route route, String attack, Map<String, String> headers, int... statuses)
      throws IOException {
    Answer answer = send(route, headers);
    boolean refused = false;
    for (int status : statuses) {
      refused |= answer.status() == status;
    }
    boolean framed =
        !answer.text().contains("X-Frame-Options: DENY")
            || !answer.text().contains("frame-ancestors 'none'")
            || !answer.text().contains("nosniff");
    if (!refused || framed) {
      wrong.add(route.method() + " " + route.pattern() + " " + attack + ": " + answer.status());
    }
    return 1;
  }

  @Test
  void filesOfSecretsAreTheOwners() throws IOException {
    for (String name : List.of("keys.json", "control")) {
      Path file = temp.resolve("state").resolve(name);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(Files.readString(temp.resolve("state/keys.json"))).doesNotContain(daemon.key);
  }

  @Test
  void aBodyHasALimit() throws Exception {
    HttpResponse<String> answer =
        daemon.post("/api/v1/keys", "application/json", new byte[Route.MAX_BYTES + 1]);
    assertThat(answer.statusCode()).isEqualTo(413);
    String deep = "[".repeat(1_000);
    assertThat(
            daemon
                .post("/api/v1/keys", "application/json", deep.getBytes(StandardCharsets.UTF_8))
                .statusCode())
        .isEqualTo(400);
  }
}
