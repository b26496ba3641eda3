package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.config.ControlFile;
import sluice.daemon.config.DoorSettings;
import sluice.daemon.config.NoticeSettings;
import sluice.daemon.web.KeyReading;
import sluice.daemon.web.PemFiles;
import sluice.protocol.address.IpNetwork;
import sluice.testkit.SelfSigned;

/** The web server with a certificate of its own, and behind a proxy. */
class TlsTest {
  @TempDir Path temp;

  private static PemFiles files(SelfSigned made) {
    return new PemFiles(made.certificate(), made.key());
  }

  private TestDaemon daemon(DoorSettings door) throws IOException {
    return new TestDaemon(
        temp.resolve("daemon"),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        NoticeSettings.NOBODY,
        door);
  }

  private static HttpRequest login(URI uri, String link, String... headers) {
    String word = link.substring(link.indexOf("#login=") + 7);
    return HttpRequest.newBuilder(uri.resolve("/api/v1/login"))
        .headers(headers)
        .POST(HttpRequest.BodyPublishers.ofString("{\"word\":\"" + word + "\"}"))
        .build();
  }

  @Test
  void pagesAndProgramsAreServedByTls() throws Exception {
    SelfSigned made = SelfSigned.local(temp);
    try (TestDaemon daemon = daemon(new DoorSettings(Optional.of(files(made)), List.of()));
        HttpClient http = HttpClient.newBuilder().sslContext(made.trusting()).build()) {
      URI uri = URI.create(daemon.daemon.url());
      assertThat(uri.getScheme()).isEqualTo("https");
      HttpResponse<String> entered =
          http.send(
              login(uri, daemon.daemon.link(), "Origin", "https://" + uri.getAuthority()),
              BodyHandlers.ofString());
      assertThat(entered.statusCode()).isEqualTo(204);
      String cookie = entered.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "; Secure");
      HttpResponse<String> other =
          http.send(
              HttpRequest.newBuilder(uri.resolve("/api/v1/logout"))
                  .headers("Cookie", cookie, "Origin", "http://" + uri.getAuthority())
                  .POST(HttpRequest.BodyPublishers.noBody())
                  .build(),
              BodyHandlers.ofString());
      assertThat(other.statusCode()).as("a page without TLS").isEqualTo(403);
      URI plain = URI.create("http://" + uri.getAuthority() + "/healthz");
      assertThatThrownBy(
              () -> http.send(HttpRequest.newBuilder(plain).build(), BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);

      // Programs of this machine have a door of their own, which asks for a key, too.
      ControlFile control = ControlFile.read(temp.resolve("daemon/state")).orElseThrow();
      assertThat(control.url()).startsWith("http://127.0.0.1:");
      HttpRequest.Builder status =
          HttpRequest.newBuilder(URI.create(control.url()).resolve("/api/v1/status"));
      assertThat(http.send(status.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
      status.header("X-API-Key", control.key());
      assertThat(http.send(status.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aCertificateIsReadAgainWhenItChanges() throws Exception {
    PemFiles one = files(SelfSigned.local(temp));
    PemFiles two = files(SelfSigned.local(temp, "RSA"));
    KeyReading reading = new KeyReading(one);
    X509Certificate first = reading.shown("EC");
    Files.copy(
        two.certificate(), one.certificate(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(reading.shown("EC")).as("half of a change").isEqualTo(first);
    Files.copy(two.key(), one.key(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(
        one.key(), java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 9_000));
    assertThat(reading.shown("RSA")).isEqualTo(KeyReading.certificate(two));
    Files.writeString(one.key(), "-----BEGIN RSA PRIVATE KEY-----");
    assertThat(reading.shown("RSA")).isEqualTo(KeyReading.certificate(two));
    assertThatThrownBy(() -> new KeyReading(one)).hasMessageContaining("openssl pkey");
    assertThatThrownBy(
            () -> new KeyReading(new PemFiles(two.certificate(), SelfSigned.local(temp).key())))
        .hasMessageContaining("is not the key of");
  }

  @Test
  void aProxyOfOursIsBelievedAndNobodyElse() throws Exception {
    IpNetwork here = new IpNetwork(InetAddress.getLoopbackAddress(), 32);
    String[] said = {"X-Forwarded-Proto", "https", "X-Forwarded-Host", "box.example"};
    for (boolean ours : List.of(true, false)) {
      DoorSettings door = new DoorSettings(Optional.empty(), ours ? List.of(here) : List.of());
      try (TestDaemon daemon = daemon(door);
          HttpClient http = HttpClient.newHttpClient()) {
        HttpResponse<String> entered =
            http.send(login(daemon.uri("/"), daemon.daemon.link(), said), BodyHandlers.ofString());
        assertThat(entered.headers().firstValue("Set-Cookie").orElseThrow().contains("; Secure"))
            .isEqualTo(ours);
        HttpRequest evil =
            HttpRequest.newBuilder(daemon.uri("/healthz"))
                .header("X-Forwarded-Host", "evil.example")
                .build();
        assertThat(http.send(evil, BodyHandlers.ofString()).statusCode())
            .isEqualTo(ours ? 421 : 200);
        HttpRequest origin =
            daemon
                .request("/api/v1/logout")
                .headers(said)
                .header("Origin", "https://box.example")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(http.send(origin, BodyHandlers.ofString()).statusCode())
            .isEqualTo(ours ? 204 : 403);
        wrongKeys(daemon, http, ours);
      }
    }
  }

  /** Too many wrong keys close the door to whoever sent them, not to the proxy. */
  private static void wrongKeys(TestDaemon daemon, HttpClient http, boolean ours) throws Exception {
    int refused = 0;
    for (int i = 0; i < 8; i++) {
      refused = status(daemon, http, "x", "192.0.2.7");
    }
    assertThat(refused).isIn(403, 429);
    assertThat(status(daemon, http, daemon.key, "192.0.2.8") == 200).isEqualTo(ours);
  }

  private static int status(TestDaemon daemon, HttpClient http, String key, String sender)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(daemon.uri("/api/v1/me"))
            .headers("X-API-Key", key, "X-Forwarded-For", sender)
            .build();
    return http.send(request, BodyHandlers.ofString()).statusCode();
  }
}
