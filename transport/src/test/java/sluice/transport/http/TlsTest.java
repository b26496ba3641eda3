package sluice.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
import sluice.transport.netty.Dialer;
import sluice.transport.netty.NettyLoop;
import sluice.transport.system.SystemResolver;

/** Certificates: trusted and of the right host, or else refused. */
class TlsTest {
  private static final String PASSWORD = "for-tests";

  @TempDir static Path dir;

  private static KeyStore keys;
  private static HttpsServer server;
  private NettyLoop loop;

  @BeforeAll
  static void serve() throws IOException, InterruptedException, GeneralSecurityException {
    Path store = dir.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory mine = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    mine.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(mine.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        x -> {
          try (x) {
            x.sendResponseHeaders(200, 2);
            x.getResponseBody().write("ok".getBytes());
          }
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @BeforeEach
  void open() {
    loop = NettyLoop.start(true);
  }

  @AfterEach
  void close() {
    loop.close();
  }

  private static TrustManager trust() throws GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    try {
      trusted.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers()[0];
  }

  /** The body, or the fault as {@code kind: detail}. */
  private String get(String host, Tls tls) {
    CompletableFuture<String> told = new CompletableFuture<>();
    URI uri = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
    Dialer dialer = new Dialer(loop, List.of());
    var request = new Http.Request(uri, Optional.empty(), Optional.of(false), 100, 30_000_000_000L);
    var http =
        new NettyHttp(
            loop, new SystemResolver(loop), new NettyHttp.Callers(dialer, dialer), "test", tls);
    Http.Handler handler =
        new Http.Handler() {
          @Override
          public void onAnswer(int status, byte[] body) {
            told.complete(new String(body));
          }

          @Override
          public void onFault(Fault fault) {
            told.complete(fault.kind() + ": " + fault.detail());
          }
        };
    loop.execute(() -> http.get(request, handler));
    return told.orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Test
  void aTrustedCertificateOfTheHostIsTaken() throws GeneralSecurityException {
    assertThat(get("localhost", Tls.trusting(loop, trust()))).isEqualTo("ok");
  }

  @Test
  void aTrustedCertificateOfAnotherHostIsRefused() throws GeneralSecurityException {
    assertThat(get("127.0.0.1", Tls.trusting(loop, trust()))).startsWith("TLS: ");
  }

  @Test
  void aSelfSignedCertificateIsRefused() {
    assertThat(get("localhost", Tls.standard(loop))).startsWith("TLS: ").doesNotContain("\n");
  }
}
