package sluice.client.crash;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A tracker that names the same peer to all who ask. */
final class StubTracker implements AutoCloseable {
  private final HttpServer server;

  StubTracker(int peerPort) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.write("d8:intervali60e5:peers6:".getBytes(StandardCharsets.US_ASCII));
    answer.write(new byte[] {127, 0, 0, 1, (byte) (peerPort >> 8), (byte) peerPort});
    answer.write('e');
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/announce",
        exchange -> {
          exchange.sendResponseHeaders(200, answer.size());
          answer.writeTo(exchange.getResponseBody());
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/announce";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
