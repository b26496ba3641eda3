package sluice.tracker.cluster;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import sluice.tracker.config.TrackerSettings;

/**
 * A connection to Redis or Valkey that sends commands and reads answers (RESP2). One thread; a
 * failure ends it.
 */
final class RedisLink implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int MAX_BULK = 64 << 20;
  private static final int MAX_ITEMS = 1 << 20;
  private static final int MAX_LINE = 4_096;
  private static final int MAX_DEPTH = 8;

  private final Socket socket;
  private final DataInputStream in;
  private final BufferedOutputStream out;

  private RedisLink(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    this.out = new BufferedOutputStream(socket.getOutputStream());
  }

  /** Connects, within TLS if there are certificates, and tells the password if there is one. */
  static RedisLink open(TrackerSettings.Cluster shared) throws IOException {
    Socket socket = new Socket();
    try {
      InetSocketAddress server = shared.redis();
      socket.connect(server, TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      if (shared.certificates().isPresent()) {
        socket = RedisTls.within(socket, server, shared.certificates().get());
      }
      RedisLink link = new RedisLink(socket);
      if (!shared.password().isEmpty()) {
        var _ = link.command("AUTH", shared.password());
      }
      return link;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** What Redis answers. */
  sealed interface Answer {
    /** A status or a string. */
    record Text(Bulk bulk) implements Answer {}

    /** A number. */
    record Number(long value) implements Answer {}

    /** A list. */
    record Items(List<Answer> items) implements Answer {}

    /** Nothing. */
    record Nothing() implements Answer {}

    /** The bytes. */
    default byte[] bytes() throws IOException {
      if (this instanceof Text text) {
        return text.bulk.bytes;
      }
      throw new IOException("Redis answers " + this + " where text was expected");
    }

    /** The items; none for nothing. */
    default List<Answer> list() throws IOException {
      return switch (this) {
        case Items items -> items.items;
        case Nothing _ -> List.of();
        case Text _, Number _ ->
            throw new IOException("Redis answers " + this + " where a list was expected");
      };
    }
  }

  /** Bytes of an answer. */
  static final class Bulk {
    private final byte[] bytes;

    private Bulk(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  /** Sends a command with its arguments, which are texts or bytes, and reads the answer. */
  Answer command(Object... words) throws IOException {
    ask(words);
    return answer();
  }

  /** Sends a command with what is sent next, or when an answer is waited for. */
  void ask(Object... words) throws IOException {
    out.write(ascii("*" + words.length + "\r\n"));
    for (Object word : words) {
      byte[] bytes =
          word instanceof byte[] raw ? raw : word.toString().getBytes(StandardCharsets.UTF_8);
      out.write(ascii("$" + bytes.length + "\r\n"));
      out.write(bytes);
      out.write(ascii("\r\n"));
    }
  }

  /** The answer to the first command that has none yet. */
  Answer answer() throws IOException {
    out.flush();
    return answer(0);
  }

  private Answer answer(int depth) throws IOException {
    String line = line();
    String rest = line.isEmpty() ? "" : line.substring(1);
    return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
      case '+' -> new Answer.Text(new Bulk(ascii(rest)));
      case '-' -> throw new IOException("Redis refuses: " + rest);
      case ':' -> new Answer.Number(number(rest, Long.MAX_VALUE));
      case '$' -> bulk((int) number(rest, MAX_BULK));
      case '*' -> items((int) number(rest, MAX_ITEMS), depth);
      default -> throw new IOException("not an answer of Redis");
    };
  }

  private Answer bulk(int length) throws IOException {
    if (length < 0) {
      return new Answer.Nothing();
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length || !line().isEmpty()) {
      throw new IOException("Redis ends in the middle of an answer");
    }
    return new Answer.Text(new Bulk(bytes));
  }

  private Answer items(int count, int depth) throws IOException {
    if (count < 0) {
      return new Answer.Nothing();
    }
    if (depth == MAX_DEPTH) {
      throw new IOException("an answer of Redis is too deep");
    }
    List<Answer> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(answer(depth + 1));
    }
    return new Answer.Items(items);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < MAX_LINE) {
      int b = in.readUnsignedByte();
      if (b == '\n' && !line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
        return line.substring(0, line.length() - 1);
      }
      line.append((char) b);
    }
    throw new IOException("a line of Redis is too long");
  }

  private static long number(String text, long most) throws IOException {
    try {
      long number = Long.parseLong(text);
      if (number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IOException("not a number: " + text, e);
    }
    throw new IOException("an answer of Redis is too long: " + text);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
