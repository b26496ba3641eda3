package sluice.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.tracker.config.ConfigFile;

/** The tracker within TLS, with a certificate made for the test. */
final class HttpsTest {
  private static final String PASSWORD = "for the test";

  @TempDir Path folder;

  private KeyStore keys() throws Exception {
    Path store = folder.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        List.of(
            keytool,
            "-genkeypair",
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-alias",
            "t",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private void writePem(String name, String label, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    String pem = "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    Files.writeString(folder.resolve(name), pem);
  }

  private static SSLContext trusting(KeyStore keys) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("t", keys.getCertificate("t"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private Tracker start() throws IOException {
    String text = "https = '127.0.0.1:0'\n[tls]\ncertificate = 'cert.pem'\nkey = 'key.pem'\n";
    return Tracker.start(ConfigFile.read(Files.writeString(folder.resolve("t.toml"), text)));
  }

  @Test
  void announcesWithinTls() throws Exception {
    KeyStore keys = keys();
    writePem("cert.pem", "CERTIFICATE", keys.getCertificate("t").getEncoded());
    writePem("key.pem", "PRIVATE KEY", keys.getKey("t", PASSWORD.toCharArray()).getEncoded());
    try (Tracker tracker = start();
        HttpClient client = HttpClient.newBuilder().sslContext(trusting(keys)).build()) {
      String target =
          "https://127.0.0.1:"
              + tracker.httpsAddresses().getFirst().getPort()
              + "/announce?info_hash=abcdefghijklmnopqrst&peer_id=abcdefghijklmnopqrst&port=1";
      HttpRequest request = HttpRequest.newBuilder(URI.create(target)).build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
          .startsWith("d8:complete");
    }
  }

  @Test
  void aKeyThatIsNoneIsAnError() throws IOException {
    writePem("cert.pem", "CERTIFICATE", new byte[] {1, 2, 3});
    writePem("key.pem", "PRIVATE KEY", new byte[] {1, 2, 3});
    assertThatThrownBy(this::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cert.pem");
  }
}
