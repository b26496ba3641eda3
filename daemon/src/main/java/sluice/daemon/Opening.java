package sluice.daemon;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import sluice.client.Client;
import sluice.client.Startup;
import sluice.daemon.config.DaemonSettings;
import sluice.daemon.web.HttpServer;

/**
 * What takes most of a start, side by side: the web server, and a client with its torrents. Closed
 * before they were {@link #taken}, it closes both. One thread.
 */
final class Opening implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Opening.class.getName());

  private final CompletableFuture<HttpServer> server = new CompletableFuture<>();
  private final Client client;
  private boolean taken;

  Opening(DaemonSettings settings, Startup startup) {
    Thread.ofPlatform().name("open-web").start(() -> listen(settings));
    try {
      client = Client.open(settings.client().keep(settings.state().resolve("torrents")), startup);
    } catch (RuntimeException e) {
      closeServer();
      throw e;
    }
  }

  private void listen(DaemonSettings settings) {
    try {
      server.complete(new HttpServer(settings.listen(), settings.door().tls()));
    } catch (IOException | RuntimeException | Error e) {
      server.completeExceptionally(e);
    }
  }

  Client client() {
    return client;
  }

  /**
   * The web server, which waits for {@link HttpServer#admit}.
   *
   * @throws IOException if the certificate cannot be read
   */
  HttpServer server() throws IOException {
    try {
      return server.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException certificate) {
        throw certificate;
      } else if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Somebody else closes both from here on. */
  void taken() {
    taken = true;
  }

  @Override
  public void close() {
    if (!taken) {
      closeServer();
      client.close();
    }
  }

  private void closeServer() {
    try {
      server.join().close();
    } catch (CompletionException e) {
      LOG.log(Level.DEBUG, "there is no web server to be closed", e);
    }
  }
}
