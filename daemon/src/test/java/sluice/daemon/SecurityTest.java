package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.web.Dialect;
import sluice.daemon.web.Route;
import sluice.daemon.web.Scope;

/** Each route against each attack, over sockets, as attackers and browsers send them. */
class SecurityTest {
  @TempDir static Path temp;
  private static TestDaemon daemon;
  private static String browser;
  private static String reader;

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
    reader = daemon.daemon.keys().make("reader", Set.of(Scope.READ)).secret();
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  /** An answer as it came. */
  private record Answer(int status, String text) {}

  private static Answer send(Route route, Map<String, String> headers) throws IOException {
    String path = route.pattern().replaceAll("\\{[a-z]+\\}", "0");
    StringBuilder request = new StringBuilder(route.method() + " " + path + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    request.append("Content-Length: 0\r\nConnection: close\r\n\r\n");
    URI uri = daemon.uri("/");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
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
      if (route.scope().filter(scope -> scope != Scope.READ).isPresent()) {
        rows += row(wrong, route, "no scope", with(here(), "X-API-Key", reader), 403);
      }
      if (route.isChanging() && route.dialect() == Dialect.OWN && route.scope().isPresent()) {
        rows += row(wrong, route, "cookie without origin", with(here(), "Cookie", browser), 403);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(rows).isGreaterThan(600);
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
