package sluice.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.port.Block;
import sluice.engine.port.Loop;

class SimWorldTest {
  private final SimWorld world = new SimWorld(1);
  private final SimLoop loop = world.loop("a");
  private final List<String> seen = new ArrayList<>();

  @Test
  void eventsRunInOrderOfTimeThenOfScheduling() {
    loop.post(20, "x", () -> seen.add("late"));
    loop.post(10, "x", () -> seen.add("first"));
    loop.post(10, "x", () -> seen.add("second"));
    loop.execute(() -> seen.add("at once"));
    world.runFor(Duration.ofNanos(15));
    assertThat(seen).containsExactly("at once", "first", "second");
    assertThat(world.now()).isEqualTo(15);
  }

  @Test
  void clockOfALoopFollowsTheWorldFromItsOwnOrigin() {
    long origin = loop.now();
    world.runFor(Duration.ofSeconds(3));
    assertThat(loop.now() - origin).isEqualTo(3_000_000_000L);
    assertThat(world.loop("b").now()).isNotEqualTo(loop.now());
  }

  @Test
  void cancelledTimersDoNotRun() {
    loop.execute(() -> {
      Loop.Timer timer = loop.after(10, () -> seen.add("cancelled"));
      loop.after(5, timer::cancel);
      loop.after(10, () -> seen.add("kept"));
    });
    world.runFor(Duration.ofSeconds(1));
    assertThat(seen).containsExactly("kept");
  }

  @Test
  void onlyTheOwnerOfTheEventIsCurrent() {
    SimLoop other = world.loop("b");
    loop.execute(() -> seen.add(loop.isCurrent() + " " + other.isCurrent()));
    world.runFor(Duration.ofSeconds(1));
    assertThat(seen).containsExactly("true false");
    assertThat(loop.isCurrent()).isFalse();
    assertThatThrownBy(() -> loop.after(1, () -> {})).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nothingRunsOnAKilledLoop() {
    loop.post(10, "x", () -> seen.add("never"));
    world.schedule(5, "kill", loop::kill);
    world.runFor(Duration.ofSeconds(1));
    assertThat(seen).isEmpty();
  }

  @Test
  void whatIsThrownNamesSeedTimeAndLoop() {
    loop.post(
        2_500_000,
        "bang",
        () -> {
          throw new IllegalStateException("broken");
        });
    assertThatThrownBy(() -> world.runFor(Duration.ofSeconds(1)))
        .isInstanceOf(SimFailure.class)
        .hasMessageContainingAll("seed 1", "0.002500 s a bang")
        .hasRootCauseMessage("broken");
  }

  @Test
  void digestDependsOnEverythingThatHappens() {
    assertThat(digestOf(1, 10, 3)).isEqualTo(digestOf(1, 10, 3));
    assertThat(digestOf(1, 10, 3)).isNotEqualTo(digestOf(1, 11, 3));
    assertThat(digestOf(1, 10, 3)).isNotEqualTo(digestOf(1, 10, 4));
  }

  private static long digestOf(long seed, long delay, long payload) {
    SimWorld other = new SimWorld(seed);
    other.loop("a").post(delay, "x", () -> other.note(payload));
    other.runFor(Duration.ofSeconds(1));
    return other.digest();
  }

  @Test
  void chanceFollowsItsPathAlone() {
    Chance root = new Chance(7);
    long first = root.child("a").nextLong();
    root.nextLong();
    root.child("b").nextLong();
    assertThat(root.child("a").nextLong()).isEqualTo(first);
    assertThat(root.child("b").nextLong()).isNotEqualTo(first);
    assertThat(new Chance(8).child("a").nextLong()).isNotEqualTo(first);
  }

  @Test
  void poolCountsAndCatchesMisuse() {
    SimPool pool = new SimPool(2);
    Block a = pool.take();
    Block b = pool.take();
    assertThat(pool.take()).isNull();
    a.retain();
    a.release();
    assertThat(pool.available()).isZero();
    a.release();
    assertThat(pool.available()).isEqualTo(1);
    assertThatThrownBy(a::release).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(a::bytes).isInstanceOf(IllegalStateException.class);
    b.release();
    assertThat(pool.mostTaken()).isEqualTo(2);
  }
}
