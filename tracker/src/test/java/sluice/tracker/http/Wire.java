package sluice.tracker.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connection to a server that says and hears bytes as they are. */
final class Wire implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int HEARD_MILLIS = 5;

  private final Socket socket = new Socket();
  private final InputStream in;

  Wire(InetSocketAddress server) throws IOException {
    socket.connect(server);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = socket.getInputStream();
  }

  /** An answer as it came. */
  record Answer(String head, String body) {}

  Wire say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Says that this was all. */
  Wire end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** One answer, by its content length. */
  Answer hear() throws IOException {
    return hear(true);
  }

  /** The same; to HEAD there is no body. */
  Answer hear(boolean hasBody) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("closed after " + head);
      }
      head.write(b);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    String length = text.replaceAll("(?is).*content-length: (\\d+).*", "$1");
    byte[] body = in.readNBytes(hasBody ? Integer.parseInt(length) : 0);
    return new Answer(text, new String(body, StandardCharsets.ISO_8859_1));
  }

  /** Whether the server has closed the connection, without another byte. */
  boolean isClosed() {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      return e.getMessage().contains("reset");
    }
  }

  /** Says one more thing; gives whether the server has closed the connection by now. */
  boolean findsClosed(String text) throws IOException {
    try {
      say(text);
      socket.setSoTimeout(HEARD_MILLIS);
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  /** One request of its own connection. */
  static Answer get(InetSocketAddress server, String target) throws IOException {
    try (Wire wire = new Wire(server)) {
      return wire.say("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n").hear();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
