package sluice.daemon.web;

import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/** The daemon's HTTP server. */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(HttpServer.class.getName());
  private static final String LOCAL = "local";
  private static final int MAX_CONNECTIONS = 1_024;
  private static final int MAX_HEADER_BYTES = 16_384;
  private static final Duration IDLE = Duration.ofMinutes(5);
  private static final Duration GRACE = Duration.ofMillis(500);

  private final WebServer server;

  /** What requests pass; those that come before wait for it. */
  private final CompletableFuture<Gate> gate = new CompletableFuture<>();

  /**
   * Listens at {@code address}; port 0 takes any. With a certificate there is another listener on
   * loopback without it, for programs of this machine. Requests wait for {@link #admit}.
   *
   * @throws IOException if the certificate cannot be read
   */
  public HttpServer(InetSocketAddress address, Optional<PemFiles> tls) throws IOException {
    WebServerConfig.Builder builder = WebServer.builder();
    if (tls.isPresent()) {
      SSLContext context = ReloadedKeys.context(tls.get());
      builder
          .tls(Tls.builder().sslContext(context).build())
          .putSocket(
              LOCAL,
              listener ->
                  listener
                      .address(InetAddress.getLoopbackAddress())
                      .port(0)
                      .maxTcpConnections(MAX_CONNECTIONS)
                      .maxPayloadSize(2L * Route.MAX_UPLOAD_BYTES))
          .routing(LOCAL, routing -> routing.any(this::serve));
    }
    server =
        builder
            .address(address.getAddress())
            .port(address.getPort())
            .maxTcpConnections(MAX_CONNECTIONS)
            .idleConnectionTimeout(IDLE)
            .shutdownGracePeriod(GRACE)
            .shutdownHook(false)
            .maxPayloadSize(2L * Route.MAX_UPLOAD_BYTES)
            .addProtocol(Http1Config.builder().maxHeadersSize(MAX_HEADER_BYTES).build())
            .routing(routing -> routing.any(this::serve))
            .build()
            .start();
  }

  /** Lets requests through {@code open}, those that wait, too. */
  public void admit(Gate open) {
    gate.complete(open);
  }

  /** Where it listens. */
  public int port() {
    return server.port();
  }

  /** Where it listens without encryption, for programs of this machine. */
  public int localPort() {
    return server.prototype().sockets().containsKey(LOCAL) ? server.port(LOCAL) : server.port();
  }

  private void serve(ServerRequest request, ServerResponse response) {
    Head head = head(request);
    Reply reply;
    try {
      // To close the body would be to wait for what is left of it before the answer is sent.
      reply = gate.join().answer(head, body(request));
    } catch (CancellationException e) {
      LOG.log(Level.DEBUG, "the daemon ends before it has begun", e);
      return;
    }
    response.status(Status.create(reply.status()));
    reply.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    try {
      send(head, reply, response);
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.DEBUG, "whoever asked has gone", e);
    }
  }

  private static InputStream body(ServerRequest request) {
    return request.content().hasEntity()
        ? request.content().inputStream()
        : InputStream.nullInputStream();
  }

  private static void send(Head head, Reply reply, ServerResponse response) throws IOException {
    boolean bodiless = head.method().equals("HEAD");
    switch (reply) {
      case Reply.Whole whole -> {
        if (bodiless) {
          response.contentLength(whole.body().length);
          response.send();
        } else {
          response.send(whole.body());
        }
      }
      case Reply.Streamed streamed -> {
        if (streamed.length() >= 0) {
          response.contentLength(streamed.length());
        }
        if (bodiless) {
          response.send();
        } else if (streamed.length() >= 0) {
          try (OutputStream out = response.outputStream()) {
            streamed.body().to(out);
          }
        } else {
          flow(streamed, new Outflow(response));
        }
      }
    }
  }

  private static void flow(Reply.Streamed streamed, Outflow out) throws IOException {
    try {
      streamed.body().to(out);
    } catch (IOException | RuntimeException e) {
      out.giveUp();
      throw e;
    }
    out.end();
  }

  private static Head head(ServerRequest request) {
    Map<String, String> headers = new HashMap<>();
    request
        .headers()
        .forEach(
            header -> headers.merge(header.headerName().lowerCase(), header.values(), (a, b) -> a));
    InetAddress remote =
        request.remotePeer().address() instanceof InetSocketAddress from
            ? from.getAddress()
            : InetAddress.getLoopbackAddress();
    return new Head(
        request.prologue().method().text(),
        request.path().rawPath(),
        request.query().rawValue(),
        headers,
        remote,
        request.isSecure());
  }

  @Override
  public void close() {
    gate.cancel(false);
    server.stop();
  }
}
