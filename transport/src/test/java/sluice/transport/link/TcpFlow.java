package sluice.transport.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes without end from one side to the other by the system's TCP. */
final class TcpFlow {
  private static final int CHUNK = 16_384;

  private final AtomicLong received = new AtomicLong();
  private final Socket sender;

  TcpFlow(Side from, Side to, String at) throws IOException {
    ServerSocket door = to.call(() -> new ServerSocket(0, 1, InetAddress.ofLiteral(at)));
    sender =
        from.call(() -> {
          Socket socket = new Socket();
          socket.connect(new InetSocketAddress(InetAddress.ofLiteral(at), door.getLocalPort()));
          return socket;
        });
    Socket receiver = to.call(door::accept);
    var _ = Thread.ofPlatform().daemon().start(() -> receive(receiver));
    var _ = Thread.ofPlatform().daemon().start(this::send);
  }

  private void receive(Socket from) {
    byte[] room = new byte[CHUNK];
    try (InputStream in = from.getInputStream()) {
      for (int n = in.read(room); n >= 0; n = in.read(room)) {
        received.addAndGet(n);
      }
    } catch (IOException ended) {
      received.addAndGet(0);
    }
  }

  private void send() {
    byte[] bytes = new byte[CHUNK];
    try (OutputStream out = sender.getOutputStream()) {
      while (!sender.isClosed()) {
        out.write(bytes);
      }
    } catch (IOException ended) {
      received.addAndGet(0);
    }
  }

  long received() {
    return received.get();
  }

  /** Ends it at once: what waits to be sent is not. */
  void close() throws IOException {
    sender.setSoLinger(true, 0);
    sender.close();
  }
}
