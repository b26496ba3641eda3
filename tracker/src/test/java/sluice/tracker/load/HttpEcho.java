package sluice.tracker.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Answers whatever it reads with the same 200 bytes: the least that HTTP in Java costs. {@code PORT
 * keep|close}. One thread.
 */
final class HttpEcho {
  private static final int BACKLOG = 4_096;
  private static final int BODY_BYTES = 100;

  private final boolean keep;
  private final ByteBuffer in = ByteBuffer.allocateDirect(8_192);
  private final ByteBuffer answer;

  private HttpEcho(boolean keep) {
    this.keep = keep;
    byte[] text =
        ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
                + BODY_BYTES
                + "\r\n\r\n"
                + "x".repeat(BODY_BYTES))
            .getBytes(StandardCharsets.US_ASCII);
    answer = ByteBuffer.allocateDirect(text.length).put(text).flip();
  }

  public static void main(String[] args) throws IOException {
    HttpEcho echo = new HttpEcho(args[1].equals("keep"));
    try (Selector selector = Selector.open();
        ServerSocketChannel listening = ServerSocketChannel.open()) {
      listening.bind(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), BACKLOG);
      listening.configureBlocking(false);
      listening.register(selector, SelectionKey.OP_ACCEPT);
      System.out.println("{\"event\":\"up\"}");
      while (true) {
        selector.select(key -> echo.turn(selector, key));
      }
    }
  }

  private void turn(Selector selector, SelectionKey key) {
    try {
      if (!key.isAcceptable()) {
        answer((SocketChannel) key.channel());
        return;
      }
      ServerSocketChannel listening = (ServerSocketChannel) key.channel();
      for (var made = listening.accept(); made != null; made = listening.accept()) {
        made.configureBlocking(false);
        made.register(selector, SelectionKey.OP_READ);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(SocketChannel channel) throws IOException {
    int count;
    try {
      count = channel.read(in.clear());
    } catch (IOException e) {
      count = -1;
    }
    if (count > 0) {
      channel.write(answer.rewind());
    }
    if (count < 0 || (count > 0 && !keep)) {
      channel.close();
    }
  }
}
