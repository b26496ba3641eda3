package sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.engine.port.Pipe;
import sluice.protocol.address.Endpoint;

/** Bytes arrive as they were sent, both ways at once, and every block comes back. */
class TransferTest {
  private static final long TOTAL_BYTES = 96L * 1024 * 1024;

  /** A prime, so that blocks and pattern do not fall into step. */
  private static final int PATTERN_BYTES = 1_000_003;

  private static final long CONNECT_NANOS = 10_000_000_000L;

  /** Both kinds of loop, both families. */
  static Stream<org.junit.jupiter.params.provider.Arguments> ways() {
    TransportConfig config = TransportConfig.defaults();
    return Stream.of(
        org.junit.jupiter.params.provider.Arguments.of(config, "127.0.0.1"),
        org.junit.jupiter.params.provider.Arguments.of(config.portable(), "::1"));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void transfersBothWays(TransportConfig config, String host) {
    CountedPool pool = new CountedPool();
    try (Bed a = new Bed(config);
        Bed b = new Bed(config)) {
      Bed.Door door = a.listen(Bed.loopback(host));
      Endpoint address = door.address();
      PipeLog log = b.log();
      Pipe there = Bed.await(b.connect(address, CONNECT_NANOS, log));
      Bed.Accepted here = door.accepted();

      Expected fromA = new Expected(1);
      Expected fromB = new Expected(2);
      a.run(() -> here.log().onBytes = fromB);
      b.run(() -> log.onBytes = fromA);
      Feed feedA = new Feed(here.pipe(), pool, 1);
      Feed feedB = new Feed(there, pool, 2);
      a.run(() -> here.log().onDrained = feedA);
      b.run(() -> log.onDrained = feedB);
      a.run(feedA);
      b.run(feedB);

      assertThat(Bed.await(fromA.all)).isEqualTo(TOTAL_BYTES);
      assertThat(Bed.await(fromB.all)).isEqualTo(TOTAL_BYTES);
      b.run(there::close);
      Bed.await(log.closed);
      Bed.await(here.log().closed);
      assertThat(a.on(here.pipe()::pending)).isZero();
    }
    assertThat(pool.inUse()).isZero();
  }

  /** The stream of {@code seed} is this pattern, repeated. */
  private static ByteBuffer pattern(int seed) {
    byte[] bytes = new byte[PATTERN_BYTES];
    new SplittableRandom(seed).nextBytes(bytes);
    return ByteBuffer.wrap(bytes);
  }

  /** The next part of {@code pattern} of at most {@code length} bytes. */
  private static ByteBuffer part(ByteBuffer pattern, int length) {
    if (!pattern.hasRemaining()) {
      pattern.clear();
    }
    int count = Math.min(length, pattern.remaining());
    ByteBuffer part = pattern.slice(pattern.position(), count);
    pattern.position(pattern.position() + count);
    return part;
  }

  /** Sends the stream of a seed in odd sizes, by copy and by block. */
  private static final class Feed implements Runnable {
    private static final int HIGH_BYTES = 1 << 20;

    private final Pipe pipe;
    private final CountedPool pool;
    private final ByteBuffer pattern;
    private final SplittableRandom random;
    private long position;

    Feed(Pipe pipe, CountedPool pool, int seed) {
      this.pipe = pipe;
      this.pool = pool;
      this.pattern = pattern(seed);
      this.random = new SplittableRandom(seed);
    }

    @Override
    public void run() {
      while (position < TOTAL_BYTES && pipe.pending() < HIGH_BYTES) {
        int most = random.nextInt(10) == 0 ? 100_000 : 200;
        sendCopy((int) Math.min(random.nextInt(most), TOTAL_BYTES - position));
        for (int blocks = random.nextInt(20); blocks > 0; blocks--) {
          sendBlock();
        }
      }
      pipe.flush();
    }

    private void sendCopy(int length) {
      ByteBuffer bytes = fill(ByteBuffer.allocate(length), 0, length);
      pipe.write(bytes.flip());
      assertThat(bytes.hasRemaining()).isFalse();
    }

    private void sendBlock() {
      CountedPool.Counted block = pool.take();
      int offset = random.nextInt(100);
      int length = (int) Math.min(TOTAL_BYTES - position, CountedPool.BLOCK_BYTES - offset);
      fill(block.bytes(), offset, length);
      pipe.write(block, offset, length);
    }

    private ByteBuffer fill(ByteBuffer bytes, int offset, int length) {
      bytes.position(offset);
      for (int end = offset + length; bytes.position() < end; ) {
        bytes.put(part(pattern, end - bytes.position()));
      }
      position += length;
      return bytes;
    }
  }

  /** Compares what comes with the stream of a seed. */
  private static final class Expected implements java.util.function.Consumer<ByteBuffer> {
    final CompletableFuture<Long> all = new CompletableFuture<>();
    private final ByteBuffer pattern;
    private long position;

    Expected(int seed) {
      this.pattern = pattern(seed);
    }

    @Override
    public void accept(ByteBuffer bytes) {
      while (bytes.hasRemaining()) {
        ByteBuffer part = part(pattern, bytes.remaining());
        int wrong = part.mismatch(bytes.slice(bytes.position(), part.remaining()));
        if (wrong >= 0) {
          all.completeExceptionally(new AssertionError("wrong byte at " + (position + wrong)));
        }
        bytes.position(bytes.position() + part.remaining());
        position += part.remaining();
      }
      if (position >= TOTAL_BYTES) {
        all.complete(position);
      }
    }
  }
}
