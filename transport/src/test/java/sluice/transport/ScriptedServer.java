package sluice.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on loopback that reads a request and then does what a script says, whether that is HTTP
 * or not.
 */
final class ScriptedServer implements AutoCloseable {
  private static final int MAX_HEAD_BYTES = 64 * 1024;

  private final ServerSocket listener;
  private final Script script;
  private final AtomicInteger connections = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** What is done with each request. */
  @FunctionalInterface
  interface Script {
    /**
     * Writes an answer.
     *
     * @param request the head of the request
     * @return whether another request may follow on the connection
     */
    boolean answer(String request, OutputStream out) throws IOException;
  }

  ScriptedServer(Script script) {
    this.script = script;
    try {
      listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** A server that sends {@code bytes} to everybody and closes. */
  static ScriptedServer of(byte[] bytes) {
    return new ScriptedServer((_, out) -> {
      out.write(bytes);
      return false;
    });
  }

  String url(String path) {
    return "http://127.0.0.1:" + listener.getLocalPort() + path;
  }

  /** How many connections there were. */
  int connections() {
    return connections.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        threads.execute(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      boolean more = true;
      while (more) {
        String request = head(socket.getInputStream());
        more = !request.isEmpty() && script.answer(request, socket.getOutputStream());
      }
    } catch (IOException clientLeft) {
      assert clientLeft.getMessage() != null;
    }
  }

  /** A head up to its empty line; empty when the client has closed. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0 && head.length() < MAX_HEAD_BYTES) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
    threads.close();
  }
}
