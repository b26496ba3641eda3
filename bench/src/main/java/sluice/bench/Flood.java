package sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** Datagrams without end to one port of this machine, from its start to {@link #end}. */
final class Flood {
  private static final int SOCKETS = 200;
  private static final int BATCHES_PER_SECOND = 1_000;
  private static final long SEED = 1;

  /** The least number of six digits. */
  private static final int LEAST = 100_000;

  private static final int JUNK_BYTES = 100;
  private static final double NANOS = 1e9;

  private final Kind kind;
  private final InetSocketAddress to;
  private final int perSecond;
  private final List<DatagramChannel> sockets = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Thread sender;
  private final long start = System.nanoTime();
  private volatile boolean over;

  /** Both of the sender, read when it has ended. */
  private long sent;

  private long bytes;

  /** What is sent. */
  enum Kind {
    /** Chance. */
    JUNK,
    /** The beginning of a message, and then chance. */
    BROKEN,
    /** Queries, all of one sender. */
    QUERIES_OF_ONE,
    /** Queries of {@value #SOCKETS} senders. */
    QUERIES_OF_MANY
  }

  /**
   * What has become of it.
   *
   * @param perSecond datagrams that were sent
   * @param answers datagrams that came back
   * @param ratio of bytes that came back to bytes that were sent
   */
  record Outcome(double perSecond, long answers, double ratio) {
    static final Outcome NONE = new Outcome(0, 0, 0);
  }

  private Flood(Kind kind, int port, int perSecond) {
    this.kind = kind;
    this.to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.perSecond = perSecond;
    this.sender = new Thread(this::run, "flood");
    sender.setDaemon(true);
  }

  /** Begins to send to {@code port}. */
  static Flood start(Kind kind, int port, int perSecond) {
    Flood flood = new Flood(kind, port, perSecond);
    try {
      flood.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    flood.sender.start();
    return flood;
  }

  private void open() throws IOException {
    int count = kind == Kind.QUERIES_OF_MANY ? SOCKETS : 1;
    for (int i = 0; i < count; i++) {
      InetAddress address = InetAddress.ofLiteral("127.0.1." + (1 + i));
      DatagramChannel socket = DatagramChannel.open().bind(new InetSocketAddress(address, 0));
      socket.configureBlocking(false);
      sockets.add(socket);
    }
  }

  private void run() {
    try {
      while (!over) {
        double elapsed = (System.nanoTime() - start) / NANOS;
        while (sent < elapsed * perSecond) {
          ByteBuffer packet = packet();
          bytes += packet.remaining();
          sockets.get((int) (sent % sockets.size())).send(packet, to);
          sent++;
        }
        LockSupport.parkNanos((long) (NANOS / BATCHES_PER_SECOND));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it. */
  Outcome end() {
    over = true;
    try {
      sender.join();
      return outcome((System.nanoTime() - start) / NANOS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome outcome(double seconds) throws IOException {
    long answers = 0;
    long back = 0;
    ByteBuffer in = ByteBuffer.allocate(1 << 16);
    for (DatagramChannel socket : sockets) {
      while (socket.receive(in.clear()) != null) {
        answers++;
        back += in.position();
      }
      socket.close();
    }
    return new Outcome(sent / seconds, answers, (double) back / bytes);
  }

  private ByteBuffer packet() {
    byte[] content = new byte[JUNK_BYTES];
    random.nextBytes(content);
    switch (kind) {
      case JUNK -> content[0] = 0;
      case BROKEN -> {
        byte[] head = "d1:ad2:id20:abcdefghij0123456789".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, content, 0, head.length);
      }
      case QUERIES_OF_ONE, QUERIES_OF_MANY -> {
        String head = "d1:ad2:id20:abcdefghij01234567899:info_hash20:mnopqrstuvwxyz";
        String number = Integer.toString(LEAST + random.nextInt(9 * LEAST));
        String query = head + number + "e1:q9:get_peers1:t2:aa1:y1:qe";
        return ByteBuffer.wrap(query.getBytes(StandardCharsets.US_ASCII));
      }
    }
    return ByteBuffer.wrap(content);
  }
}
