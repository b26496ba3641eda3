package sluice.tracker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import sluice.tracker.service.Clock;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Rules;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.swarm.StoreLimits;
import sluice.tracker.websocket.Signalling;

/**
 * Many connections that ask nothing, or never come to an end: others are served. {@code
 * -Dsluice.sockets=10000} for more of them.
 */
final class FloodTest {
  private static final int SOCKETS = Integer.getInteger("sluice.sockets", 600);
  private static final int MOST = SOCKETS / 2;

  /** Both ends: a head that is not whole, and the objects of two sockets; arenas come beside. */
  private static final int MOST_BYTES = 24_576 + (32 << 20) / MOST;

  /** Descriptors of all but the sockets. */
  private static final int MARGIN = 400;

  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final String ANNOUNCE =
      "/announce?info_hash=abcdefghijklmnopqrst&peer_id=abcdefghijklmnopqrst&port=1";

  private final TrackerCore core =
      new TrackerCore(
          new Rules(1_800, 900, 0, 50, 200, 1_000_000, 0), StoreLimits.DEFAULT, Gate.OPEN, 5);

  private static SocketChannel open(SocketAddress server, String text) throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    return channel;
  }

  /** Bytes on the heap that are in use, and all that Netty has taken from the system. */
  private static long memory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory()
        - runtime.freeMemory()
        + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
  }

  /** Descriptors that the system allows; many where it does not say so. */
  private static long descriptors() throws IOException {
    Path limits = Path.of("/proc/self/limits");
    if (!Files.isReadable(limits)) {
      return Long.MAX_VALUE;
    }
    String most = Files.readString(limits).replaceAll("(?s).*Max open files\\s+(\\S+)\\s.*", "$1");
    return most.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(most);
  }

  @Test
  void othersAreServedBesideIdleAndSlowConnections() throws IOException {
    assertThat(descriptors())
        .as("descriptors of this system (ulimit -n), for both ends of the sockets")
        .isGreaterThan(SOCKETS + MOST + MARGIN);
    List<SocketChannel> flood = new ArrayList<>();
    Signalling talks = new Signalling(core, Clock.system(), 1);
    HttpOptions options = new HttpOptions(1, MOST, 600, Set.of(), "");
    try (HttpServer server = new HttpServer(core, Clock.system(), options, Pages.NONE, talks)) {
      InetSocketAddress address = server.listen(new InetSocketAddress("127.0.0.1", 0));
      assertThat(Wire.get(address, ANNOUNCE).body()).startsWith("d8:complete");
      long before = memory();
      for (int i = 0; i < SOCKETS; i++) {
        String text =
            switch (i % 4) {
              case 0 -> "";
              case 1 -> "GET /announce?info_hash=abc";
              case 2 -> "GET /a HTTP/1.1\r\nX: " + "y".repeat(7_000);
              default -> "POST /announce HTTP/1.1\r\nContent-Length: 1000000\r\n\r\nabc";
            };
        flood.add(open(address, text));
        if (i % 50 == 0) {
          assertThat(Wire.get(address, ANNOUNCE).body()).startsWith("d8:complete");
        }
      }
      assertThat(Wire.get(address, ANNOUNCE).body()).startsWith("d8:complete");
      // Those that say nothing are accepted a second later.
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (core.counters().http().connects().sum() <= SOCKETS) {
        assertThat(System.nanoTime()).as("all are accepted").isLessThan(end);
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(Wire.get(address, ANNOUNCE).body()).startsWith("d8:complete");
      long each = (memory() - before) / MOST;
      assertThat(each).as("bytes for each connection that stays").isLessThan(MOST_BYTES);
    } finally {
      for (SocketChannel channel : flood) {
        channel.close();
      }
    }
  }
}
