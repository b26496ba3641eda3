package sluice.tracker;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.testkit.SelfSigned;
import sluice.tracker.config.ConfigFile;

/** The tracker within TLS, with a certificate made for the test. */
final class HttpsTest {
  private static final int PATIENCE_SECONDS = 60;

  @TempDir Path folder;

  private static final String NO_CERTIFICATE =
      "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n";

  /** A certificate in the files that the tracker reads. */
  private SelfSigned write() throws Exception {
    SelfSigned made = SelfSigned.local(folder);
    Files.copy(made.certificate(), folder.resolve("cert.pem"), REPLACE_EXISTING);
    Files.copy(made.key(), folder.resolve("key.pem"), REPLACE_EXISTING);
    return made;
  }

  private Tracker start() throws IOException {
    String text = "https = '127.0.0.1:0'\n[tls]\ncertificate = 'cert.pem'\nkey = 'key.pem'\n";
    return Tracker.start(ConfigFile.read(Files.writeString(folder.resolve("t.toml"), text)));
  }

  @Test
  void announcesWithinTls() throws Exception {
    SelfSigned made = write();
    try (Tracker tracker = start();
        HttpClient client = HttpClient.newBuilder().sslContext(made.trusting()).build()) {
      String target =
          "https://127.0.0.1:"
              + tracker.httpsAddresses().getFirst().getPort()
              + "/announce?info_hash=abcdefghijklmnopqrst&peer_id=abcdefghijklmnopqrst&port=1";
      HttpRequest request = HttpRequest.newBuilder(URI.create(target)).build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
          .startsWith("d8:complete");
      CompletableFuture<String> heard = new CompletableFuture<>();
      WebSocket.Listener listener =
          new WebSocket.Listener() {
            @Override
            public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
              heard.complete(data.toString());
              return null;
            }
          };
      URI uri = URI.create(target.replaceFirst("https", "wss"));
      WebSocket socket = client.newWebSocketBuilder().buildAsync(uri, listener).join();
      socket.sendText("{\"action\":\"scrape\",\"info_hash\":\"nobody\"}", true).join();
      assertThat(heard.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).contains("failure reason");
      socket.abort();
    }
  }

  /** Connections to come have what is in the files then; a broken file changes nothing. */
  @Test
  void certificateIsReadAgain() throws Exception {
    SelfSigned first = write();
    try (Tracker tracker = start()) {
      assertThat(shown(tracker)).isEqualTo(first.read());
      SelfSigned second = write();
      assertThat(tracker.reload()).isEmpty();
      assertThat(shown(tracker)).isEqualTo(second.read());
      Files.writeString(folder.resolve("cert.pem"), NO_CERTIFICATE);
      assertThat(tracker.reload()).contains("cert.pem");
      assertThat(shown(tracker)).isEqualTo(second.read());
    }
  }

  private static Certificate shown(Tracker tracker) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Everyone()}, null);
    InetSocketAddress address = tracker.httpsAddresses().getFirst();
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  /** Trusts whatever is shown, as it is looked at afterwards. */
  private static final class Everyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Test
  void aKeyThatIsNoneIsAnError() throws IOException {
    Files.writeString(folder.resolve("cert.pem"), NO_CERTIFICATE);
    Files.writeString(
        folder.resolve("key.pem"), NO_CERTIFICATE.replace("CERTIFICATE", "PRIVATE KEY"));
    assertThatThrownBy(this::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cert.pem");
  }
}
