package sluice.transport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;

/**
 * An HTTP server on loopback with a page for each thing that servers do, and a client to ask it.
 */
final class HttpBed implements AutoCloseable {
  static final int MAX_BODY_BYTES = 100_000;
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  final Bed bed = new Bed(TransportConfig.defaults());
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  HttpBed() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/echo", x -> answer(x, 200, echo(x)));
    server.createContext("/missing", x -> answer(x, 404, "nothing here".getBytes()));
    server.createContext("/large", x -> answer(x, 200, new byte[MAX_BODY_BYTES + 1]));
    server.createContext("/full", x -> answer(x, 200, new byte[MAX_BODY_BYTES]));
    server.createContext("/chunks", x -> chunks(x, MAX_BODY_BYTES));
    server.createContext("/many-chunks", x -> chunks(x, 50 * MAX_BODY_BYTES));
    server.createContext("/gzip", x -> gzip(x, MAX_BODY_BYTES));
    server.createContext("/bomb", x -> gzip(x, 20_000_000));
    server.createContext("/odd", x -> odd(x));
    server.createContext("/slow", x -> slow(x));
    server.createContext("/to-echo", x -> redirect(x, "/echo?from=here"));
    server.createContext("/circle", x -> redirect(x, "/circle"));
    server.createContext("/to-file", x -> redirect(x, "file:///etc/passwd"));
    server.createContext("/header", x -> header(x));
    server.start();
  }

  private static byte[] echo(HttpExchange x) {
    String seen =
        x.getRequestURI().toString()
            + " host="
            + x.getRequestHeaders().getFirst("Host")
            + " agent="
            + x.getRequestHeaders().getFirst("User-Agent")
            + " from="
            + x.getRemoteAddress().getAddress().getHostAddress();
    return seen.getBytes();
  }

  private static void answer(HttpExchange x, int status, byte[] body) throws IOException {
    try (x) {
      x.sendResponseHeaders(status, body.length);
      x.getResponseBody().write(body);
    }
  }

  private static void chunks(HttpExchange x, int total) throws IOException {
    try (x) {
      x.sendResponseHeaders(200, 0);
      for (int sent = 0; sent < total; sent += 1_000) {
        x.getResponseBody().write(new byte[1_000]);
        x.getResponseBody().flush();
      }
    }
  }

  private static void gzip(HttpExchange x, int plainBytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(new byte[plainBytes]);
    }
    x.getResponseHeaders().set("Content-Encoding", "gzip");
    answer(x, 200, packed.toByteArray());
  }

  private static void odd(HttpExchange x) throws IOException {
    x.getResponseHeaders().set("Content-Encoding", "gzip");
    answer(x, 200, "this is not gzip".getBytes());
  }

  private void slow(HttpExchange x) {
    try (x) {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void redirect(HttpExchange x, String location) throws IOException {
    x.getResponseHeaders().set("Location", location);
    answer(x, 302, "go on".getBytes());
  }

  private static void header(HttpExchange x) throws IOException {
    x.getResponseHeaders().set("X-Long", "x".repeat(17 * 1024));
    answer(x, 200, new byte[0]);
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Asks with the usual limits. */
  Reply get(String url) {
    return get(
        new Http.Request(
            URI.create(url), Optional.empty(), Optional.empty(), MAX_BODY_BYTES, PATIENCE_NANOS));
  }

  Reply get(Http.Request request) {
    return get(bed.transport.http(), request);
  }

  Reply get(Http http, Http.Request request) {
    return get(bed, http, request);
  }

  /** Asks by another transport. */
  Reply get(Bed by, Http.Request request) {
    return get(by, by.transport.http(), request);
  }

  private static Reply get(Bed bed, Http http, Http.Request request) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    Http.Handler handler =
        new Http.Handler() {
          @Override
          public void onAnswer(int status, byte[] body) {
            tell(new Reply(status, body, Optional.empty()));
          }

          @Override
          public void onFault(Fault fault) {
            tell(new Reply(0, new byte[0], Optional.of(fault)));
          }

          private void tell(Reply told) {
            if (!bed.transport.loop().isCurrent() || !reply.complete(told)) {
              throw new IllegalStateException("told twice or elsewhere: " + told);
            }
          }
        };
    bed.run(() -> {
      http.get(request, handler);
      if (reply.isDone()) {
        throw new IllegalStateException("told within the call");
      }
    });
    return Bed.await(reply);
  }

  @Override
  public void close() {
    closing.countDown();
    bed.close();
    server.stop(0);
    threads.close();
  }

  /** An answer or a fault. */
  record Reply(int status, byte[] body, Optional<Fault> fault) {
    String text() {
      return new String(body);
    }

    Fault.Kind kind() {
      return fault.orElseThrow(() -> new IllegalStateException("answered " + status)).kind();
    }
  }
}
