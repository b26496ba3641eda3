package sluice.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * The program {@code bench/flood}: {@code PID PORT SECONDS PER_SECOND}. Sends datagrams to the DHT
 * node of a process on this machine and prints what that costs it.
 */
public final class FloodMain {
  private static final int SOCKETS = 200;
  private static final int BATCHES_PER_SECOND = 1_000;
  private static final long SEED = 1;

  /** The least number of six digits. */
  private static final int LEAST = 100_000;

  private static final int JUNK_BYTES = 100;
  private static final double NANOS = 1e9;

  /** What is sent. */
  private enum Kind {
    /** Chance. */
    JUNK,
    /** The beginning of a message, and then chance. */
    BROKEN,
    /** Queries, all of one sender. */
    QUERIES_OF_ONE,
    /** Queries of {@value #SOCKETS} senders. */
    QUERIES_OF_MANY
  }

  private FloodMain() {}

  /** Sends each kind in turn. */
  public static void main(String[] args) throws IOException {
    long pid = Long.parseLong(args[0]);
    int port = Integer.parseInt(args[1]);
    int seconds = Integer.parseInt(args[2]);
    int perSecond = Integer.parseInt(args[3]);
    System.out.println("| datagrams | sent a second | cores used | answers | bytes out / in |");
    System.out.println("|---|---:|---:|---:|---:|");
    for (Kind kind : Kind.values()) {
      flood(
          kind,
          pid,
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
          seconds,
          perSecond);
    }
  }

  private static void flood(Kind kind, long pid, InetSocketAddress to, int seconds, int perSecond)
      throws IOException {
    List<DatagramChannel> sockets = new ArrayList<>();
    int count = kind == Kind.QUERIES_OF_MANY ? SOCKETS : 1;
    for (int i = 0; i < count; i++) {
      InetSocketAddress from =
          new InetSocketAddress(InetAddress.ofLiteral("127.0.1." + (1 + i)), 0);
      DatagramChannel socket = DatagramChannel.open().bind(from);
      socket.configureBlocking(false);
      sockets.add(socket);
    }
    SplittableRandom random = new SplittableRandom(SEED);
    Usage before = Usage.of(pid);
    long start = System.nanoTime();
    long sent = 0;
    long bytes = 0;
    while (System.nanoTime() - start < seconds * NANOS) {
      double elapsed = (System.nanoTime() - start) / NANOS;
      while (sent < elapsed * perSecond) {
        ByteBuffer packet = packet(kind, random);
        bytes += packet.remaining();
        sockets.get((int) (sent % count)).send(packet, to);
        sent++;
      }
      LockSupport.parkNanos((long) (NANOS / BATCHES_PER_SECOND));
    }
    double elapsed = (System.nanoTime() - start) / NANOS;
    double cores = (Usage.of(pid).cpuSeconds() - before.cpuSeconds()) / elapsed;
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
    System.out.printf(
        "| %s | %.0f | %.2f | %d | %.3f |%n",
        kind, sent / elapsed, cores, answers, (double) back / bytes);
  }

  private static ByteBuffer packet(Kind kind, SplittableRandom random) {
    byte[] bytes = new byte[JUNK_BYTES];
    random.nextBytes(bytes);
    switch (kind) {
      case JUNK -> bytes[0] = 0;
      case BROKEN -> {
        byte[] head = "d1:ad2:id20:abcdefghij0123456789".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, bytes, 0, head.length);
      }
      case QUERIES_OF_ONE, QUERIES_OF_MANY -> {
        String head = "d1:ad2:id20:abcdefghij01234567899:info_hash20:mnopqrstuvwxyz";
        String number = Integer.toString(LEAST + random.nextInt(9 * LEAST));
        String query = head + number + "e1:q9:get_peers1:t2:aa1:y1:qe";
        return ByteBuffer.wrap(query.getBytes(StandardCharsets.US_ASCII));
      }
    }
    return ByteBuffer.wrap(bytes);
  }
}
