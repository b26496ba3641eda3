package sluice.tracker.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sluice.tracker.swarm.Role;
import sluice.tracker.swarm.Visit;

/** Announces on their way to other trackers. */
final class OutboxTest {
  private static Visit peer(int number) {
    Visit visit = new Visit().hash(1, number, 3).role(Role.SEED).want(0, false);
    return number % 2 == 0 ? visit.ipv4(number, 6_001) : visit.ipv6(5, number, 6_001);
  }

  @Test
  void whatFindsNoRoomIsCounted() {
    Outbox outbox = new Outbox(100);
    for (int i = 0; i < 8; i += 2) {
      outbox.add(peer(i));
    }
    assertThat(outbox.dropped()).isEqualTo(1);
    assertThat(outbox.take()).hasSize(3 * 27);
    assertThat(outbox.take()).isEmpty();
    outbox.add(peer(1));
    assertThat(outbox.take()).hasSize(39);
  }

  @Test
  void whatIsCutOffEndsTheReading() {
    Outbox outbox = new Outbox(100);
    outbox.add(peer(1));
    outbox.add(peer(2));
    byte[] all = outbox.take();
    for (int length = 0; length < all.length; length++) {
      ByteBuffer in = ByteBuffer.wrap(Arrays.copyOf(all, length));
      Visit visit = new Visit();
      assertThat(Outbox.read(in, false, visit)).isEqualTo(length >= 39);
      assertThat(Outbox.read(in, false, visit)).isFalse();
      assertThat(Outbox.entryBytes(in, in.position())).isZero();
    }
  }

  @Test
  void anyBytesAreRead() {
    long seed = Long.getLong("sluice.seed", 31L);
    Random random = new Random(seed);
    for (int step = 0; step < 2_000; step++) {
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      ByteBuffer in = ByteBuffer.wrap(bytes);
      int at = 0;
      Visit visit = new Visit();
      while (Outbox.entryBytes(in, at) > 0) {
        at += Outbox.entryBytes(in, at);
        assertThat(Outbox.read(in, false, visit)).as("seed %d, step %d", seed, step).isTrue();
        assertThat(in.position()).as("seed %d, step %d", seed, step).isEqualTo(at);
      }
      assertThat(Outbox.read(in, false, visit)).as("seed %d, step %d", seed, step).isFalse();
    }
  }
}
