package sluice.engine.utp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.protocol.utp.UtpCodec;
import sluice.protocol.utp.UtpPacket;
import sluice.protocol.utp.UtpType;

/**
 * One end of a connection over a link, with a clock of its own. Sends bytes that are a function of
 * their position, and checks that it receives such bytes.
 */
final class End implements Wire {
  static final int MOST_BYTES = 1_472;
  private static final long TICK_NANOS = 5_000_000L;
  private static final int FILL_BYTES = 1 << 20;
  private static final int SOCKET_BYTES = 120_000;

  private final Events events;
  private final Path out;
  private @Nullable End peer;
  private @Nullable UtpConnection connection;
  private long offsetNanos = 1_000_000_000L;
  private double drift = 1;
  private boolean sends;
  private long limit = Long.MAX_VALUE;
  private long written;
  private final List<byte[]> unread = new ArrayList<>();

  /**
   * So long after the first of them it reads what has come; what is more than {@link #SOCKET_BYTES}
   * is dropped. 0 if it reads at once.
   */
  long turnNanos;

  long received;
  boolean connected;
  int syns;
  final List<Fault> faults = new ArrayList<>();

  /** Queue delays in microseconds as the sender saw them. */
  final List<Integer> queues = new ArrayList<>();

  End(Events events, Path out) {
    this.events = events;
    this.out = out;
    events.after(TICK_NANOS, this::tick);
  }

  /** Gives the clock another beginning and another speed. */
  End clock(long startNanos, double ppm) {
    offsetNanos = startNanos;
    drift = 1 + ppm / 1e6;
    return this;
  }

  long now() {
    return offsetNanos + (long) (events.now() * drift);
  }

  void dial(End other, int id, int first) {
    peer = other;
    other.peer = this;
    connection = UtpConnection.dial(this, id, first, MOST_BYTES, now());
  }

  UtpConnection connection() {
    if (connection == null) {
      throw new IllegalStateException("no connection");
    }
    return connection;
  }

  /** Sends without end from here on. */
  End sendAlways() {
    return send(Long.MAX_VALUE);
  }

  /** Sends {@code bytes}. */
  End send(long bytes) {
    sends = true;
    limit = bytes;
    supply();
    return this;
  }

  /** Bytes that were given to the connection. */
  long written() {
    return written;
  }

  String describe() {
    UtpConnection c = connection();
    Statistics s = c.statistics();
    return "[window %d, packets %d, queue %d us, timeouts %d, lost %d, spurious %d, waits %d]"
        .formatted(
            c.windowBytes(),
            c.packetBytes(),
            c.queueMicros(),
            s.timeouts,
            s.lost,
            s.spurious,
            c.outflow().bytes());
  }

  /** Whether all that is to be sent has been put into packets. */
  boolean isSent() {
    return written == limit && connection().outflow().bytes() == 0;
  }

  private void supply() {
    if (!sends || connection == null || !connected || connection.isClosed()) {
      return;
    }
    while (written < limit && connection.outflow().bytes() < FILL_BYTES) {
      byte[] chunk = new byte[(int) Math.min(16_384, limit - written)];
      for (int i = 0; i < chunk.length; i++) {
        chunk[i] = at(written + i);
      }
      written += chunk.length;
      connection.outflow().add(ByteBuffer.wrap(chunk));
    }
    connection.flush(now());
  }

  static byte at(long position) {
    return (byte) (position * 31 + (position >> 9) + (position >> 17));
  }

  private void tick() {
    if (connection != null && !connection.isClosed()) {
      if (now() >= connection.deadlineNanos()) {
        connection.onTime(now());
        connection.turnEnd(now());
      }
      queues.add(connection.queueMicros());
      supply();
    }
    events.after(TICK_NANOS, this::tick);
  }

  @Override
  public void send(ByteBuffer datagram, boolean fragments) {
    byte[] bytes = new byte[datagram.remaining()];
    datagram.get(bytes);
    out.send(bytes.length, fragments, () -> peer().arrive(bytes));
  }

  private End peer() {
    if (peer == null) {
      throw new IllegalStateException("no peer");
    }
    return peer;
  }

  void arrive(byte[] bytes) {
    if (turnNanos == 0) {
      take(bytes);
      turnEnd();
      return;
    }
    int waiting = unread.stream().mapToInt(b -> b.length).sum();
    if (waiting + bytes.length <= SOCKET_BYTES) {
      unread.add(bytes);
      if (unread.size() == 1) {
        events.after(turnNanos, this::takeAll);
      }
    }
  }

  private void takeAll() {
    List<byte[]> all = List.copyOf(unread);
    unread.clear();
    all.forEach(this::take);
    turnEnd();
  }

  private void turnEnd() {
    if (connection != null) {
      connection.turnEnd(now());
      supply();
    }
  }

  private void take(byte[] bytes) {
    Optional<UtpPacket> packet = UtpCodec.decode(ByteBuffer.wrap(bytes));
    if (packet.isEmpty()) {
      throw new AssertionError("not a packet");
    }
    if (connection == null && packet.get().type() == UtpType.SYN) {
      syns++;
      connection = UtpConnection.accept(this, packet.get(), 65_530, MOST_BYTES, now());
    } else if (connection != null) {
      connection.onPacket(packet.get(), now());
    }
  }

  @Override
  public void onConnected() {
    connected = true;
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      byte is = bytes.get();
      if (is != at(received)) {
        throw new AssertionError("byte " + received + " is wrong");
      }
      received++;
    }
  }

  @Override
  public void onClosed(Fault fault) {
    faults.add(fault);
  }
}
