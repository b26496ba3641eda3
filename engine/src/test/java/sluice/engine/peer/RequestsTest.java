package sluice.engine.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.protocol.metainfo.PieceLayout;

class RequestsTest {
  private static final int BLOCK = PieceLayout.BLOCK;
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;

  /** A peer that sends {@code blocksPerSecond} after a delay, driven for whole seconds. */
  private static final class Line {
    final Requests requests = new Requests(0);
    final ArrayDeque<Requests.Open> way = new ArrayDeque<>();
    long delayNanos;
    final long gapNanos;
    long now;
    long free;
    int next;
    int arrived;
    int most;

    Line(int blocksPerSecond, long delayMillis) {
      delayNanos = delayMillis * MILLI;
      gapNanos = SECOND / blocksPerSecond;
    }

    void run(int seconds) {
      for (int i = 0; i < seconds * 1_000; i++) {
        step();
        if ((now / MILLI) % 1_000 == 0) {
          requests.adapt(now);
        }
      }
    }

    private void step() {
      while (requests.room() > 0) {
        requests.sent(0, next, now);
        way.add(Objects.requireNonNull(requests.all().getLast()));
        next++;
      }
      most = Math.max(most, requests.size());
      now += MILLI;
      while (!way.isEmpty()
          && now - way.element().sentNanos() >= delayNanos
          && now - free >= gapNanos) {
        free = Math.max(free + gapNanos, now - 5 * gapNanos);
        Requests.Open open = way.remove();
        assertThat(requests.remove(open.piece(), open.block())).isEqualTo(open);
        requests.arrived(open, BLOCK, now);
        arrived++;
      }
    }
  }

  @Test
  void growsByOneWithEachBlockInSlowStart() {
    Requests requests = new Requests(0);
    assertThat(requests.room()).isEqualTo(16);
    for (int i = 0; i < 10; i++) {
      requests.sent(0, i, 0);
      requests.arrived(Objects.requireNonNull(requests.remove(0, i)), BLOCK, 1);
    }
    assertThat(requests.room()).isEqualTo(26);
  }

  /** The line is full after the first seconds, whatever its rate and delay. */
  @ParameterizedTest
  @CsvSource({"10,20", "10,400", "100,20", "100,200", "400,20", "400,300"})
  void fillsTheLine(int blocksPerSecond, long delayMillis) {
    Line line = new Line(blocksPerSecond, delayMillis);
    line.run(10);
    int before = line.arrived;
    line.run(10);
    assertThat(line.arrived - before).isBetween(blocksPerSecond * 9, blocksPerSecond * 11);
  }

  /** A window holds no more than about two seconds of a slow line. */
  @Test
  void shrinksToWhatASlowLineNeeds() {
    Line line = new Line(8, 50);
    line.run(30);
    assertThat(line.requests.room() + line.requests.size()).isBetween(4, 17);
  }

  /** Requests that wait behind our own uploads: the delay is not what it was at first. */
  @Test
  void fillsALineWhoseDelayGrows() {
    Line line = new Line(20, 20);
    line.run(10);
    line.delayNanos = 1_400 * MILLI;
    line.run(60);
    int before = line.arrived;
    line.run(20);
    assertThat(line.arrived - before).isBetween(360, 420);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 250, 512})
  void neverExceedsWhatThePeerTakes(int limit) {
    Line line = new Line(2_000, 300);
    line.requests.peerLimit(limit);
    line.run(8);
    assertThat(line.most).isEqualTo(Math.max(1, limit - 1));
  }

  @Test
  void neverExceedsTheLargestWindow() {
    Line line = new Line(5_000, 500);
    line.requests.peerLimit(Integer.MAX_VALUE);
    line.run(8);
    assertThat(line.most).isEqualTo(Requests.MAX_WINDOW);
  }

  @Test
  void collapsesToOneAndRecovers() {
    Line line = new Line(100, 50);
    line.run(5);
    line.requests.collapse();
    assertThat(line.requests.room()).isZero();
    line.requests.clear();
    line.way.clear();
    assertThat(line.requests.room()).isEqualTo(1);
    line.run(10);
    int before = line.arrived;
    line.run(5);
    assertThat(line.arrived - before).isBetween(450, 550);
  }

  @Test
  void knowsItsOpenRequests() {
    Requests requests = new Requests(0);
    requests.sent(3, 1, 5);
    requests.sent(3, 2, 6);
    assertThat(requests.contains(3, 1)).isTrue();
    assertThat(requests.remove(3, 1)).isEqualTo(new Requests.Open(3, 1, 5));
    assertThat(requests.remove(3, 1)).isNull();
    assertThat(requests.contains(3, 1)).isFalse();
    assertThat(requests.clear()).containsExactly(new Requests.Open(3, 2, 6));
    assertThat(requests.size()).isZero();
  }
}
