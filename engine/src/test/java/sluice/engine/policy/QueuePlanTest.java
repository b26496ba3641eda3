package sluice.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.engine.policy.QueueEntry.Job;

class QueuePlanTest {
  private static final long SEED = Long.getLong("sluice.seed", 99);
  private static final long SECOND = 1_000_000_000L;
  private static final long OLD = QueuePlan.SETTLE_NANOS;

  private static QueueEntry waiting(Job job) {
    return new QueueEntry(job, true, false, false, false, 0);
  }

  private static QueueEntry running(Job job, boolean slow, long nanos) {
    return new QueueEntry(job, true, false, true, slow, nanos);
  }

  private static List<Integer> plan(QueueLimits limits, QueueEntry... queue) {
    return QueuePlan.of(List.of(queue), limits).stream().boxed().toList();
  }

  @Test
  void theFirstOnesRun() {
    QueueLimits limits = new QueueLimits(2, 1, 10, 1);
    QueueEntry stopped = new QueueEntry(Job.DOWNLOAD, false, true, true, false, 0);
    assertThat(
            plan(
                limits,
                waiting(Job.SEED),
                stopped,
                waiting(Job.DOWNLOAD),
                waiting(Job.CHECK),
                waiting(Job.DOWNLOAD),
                waiting(Job.DOWNLOAD),
                waiting(Job.SEED),
                waiting(Job.CHECK)))
        .containsExactly(0, 2, 3, 4);
  }

  @Test
  void downloadsComeBeforeSeedsWhereBothAreTooMany() {
    QueueLimits limits = new QueueLimits(5, 5, 2, 1);
    QueueEntry seed = waiting(Job.SEED);
    assertThat(plan(limits, seed, seed, waiting(Job.DOWNLOAD))).containsExactly(0, 2);
  }

  @Test
  void aForcedTorrentTakesNoPlace() {
    QueueEntry forced = new QueueEntry(Job.DOWNLOAD, true, true, false, false, 0);
    QueueLimits limits = new QueueLimits(1, 0, 1, 1);
    assertThat(plan(limits, forced, forced, waiting(Job.DOWNLOAD), waiting(Job.DOWNLOAD)))
        .containsExactly(0, 1, 2);
  }

  @Test
  void aSlowTorrentLetsOneMoreRunButCountsAsActive() {
    QueueEntry slow = running(Job.DOWNLOAD, true, OLD);
    QueueEntry next = waiting(Job.DOWNLOAD);
    assertThat(plan(new QueueLimits(1, 1, 9, 1), slow, next, next)).containsExactly(0, 1);
    assertThat(plan(new QueueLimits(1, 1, 1, 1), slow, next, next)).containsExactly(0);
  }

  @Test
  void whoJustStartedKeepsItsPlaceForAWhile() {
    QueueLimits limits = new QueueLimits(1, 1, 9, 1);
    QueueEntry first = waiting(Job.DOWNLOAD);
    assertThat(plan(limits, first, running(Job.DOWNLOAD, false, OLD - 1))).containsExactly(1);
    assertThat(plan(limits, first, running(Job.DOWNLOAD, false, OLD))).containsExactly(0);
    QueueLimits lowered = new QueueLimits(0, 1, 9, 1);
    assertThat(plan(lowered, first, running(Job.DOWNLOAD, false, 1))).isEmpty();
  }

  @Test
  void paceNeedsAMinuteOfEvidence() {
    Pace pace = Pace.started(-5);
    pace = pace.seen(10, 100, 30 * SECOND).seen(10, 100, 60 * SECOND - 6);
    assertThat(pace.slow()).isFalse();
    assertThat(pace.seen(100, 100, 60 * SECOND).seen(10, 100, 61 * SECOND).slow()).isFalse();
    pace = pace.seen(10, 100, 60 * SECOND - 5);
    assertThat(pace.slow()).isTrue();
    assertThat(pace.seen(150, 100, 200 * SECOND).seen(150, 100, 300 * SECOND).slow()).isTrue();
    Pace slow = pace.seen(0, 100, 300 * SECOND);
    assertThat(slow.seen(200, 100, 359 * SECOND).slow()).isTrue();
    assertThat(slow.seen(200, 100, 360 * SECOND).slow()).isFalse();
    assertThat(Pace.started(0).seen(0, 0, 1_000 * SECOND).slow()).isFalse();
  }

  @Test
  void propertiesOfRandomQueues() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int run = 0; run < 3_000; run++) {
      String what = "seed " + SEED + " run " + run;
      QueueLimits limits = limits(random);
      List<QueueEntry> queue = new ArrayList<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        queue.add(entry(random));
      }
      BitSet runs = QueuePlan.of(queue, limits);
      check(what, queue, limits, runs);
      List<QueueEntry> after = new ArrayList<>();
      for (int i = 0; i < queue.size(); i++) {
        after.add(carriedOut(queue.get(i), runs.get(i)));
      }
      assertThat(QueuePlan.of(after, limits)).as(what + ": planned again").isEqualTo(runs);
    }
  }

  private static QueueLimits limits(SplittableRandom random) {
    return new QueueLimits(
        random.nextInt(4), random.nextInt(4), random.nextInt(7), random.nextInt(1, 3));
  }

  private static QueueEntry entry(SplittableRandom random) {
    boolean running = random.nextBoolean();
    return new QueueEntry(
        Job.values()[random.nextInt(3)],
        random.nextInt(5) != 0,
        random.nextInt(6) == 0,
        running,
        random.nextBoolean(),
        running ? random.nextLong(2 * OLD) : 0);
  }

  private static QueueEntry carriedOut(QueueEntry e, boolean runs) {
    long nanos = runs && e.running() ? e.runningNanos() : 0;
    boolean slow = runs && e.running() && e.slow();
    return new QueueEntry(e.job(), e.wanted(), e.forced(), runs, slow, nanos);
  }

  private static void check(String what, List<QueueEntry> queue, QueueLimits limits, BitSet runs) {
    int[] counted = new int[3];
    int active = 0;
    for (int i = runs.nextSetBit(0); i >= 0; i = runs.nextSetBit(i + 1)) {
      QueueEntry e = queue.get(i);
      assertThat(e.wanted()).as(what).isTrue();
      if (!e.forced()) {
        boolean free = e.job() != Job.CHECK && e.running() && e.slow();
        counted[e.job().ordinal()] += free ? 0 : 1;
        active += e.job() == Job.CHECK ? 0 : 1;
      }
    }
    int[] most = {limits.checks(), limits.downloads(), limits.seeds()};
    for (Job job : Job.values()) {
      assertThat(counted[job.ordinal()]).as(what + job).isLessThanOrEqualTo(most[job.ordinal()]);
    }
    assertThat(active).as(what).isLessThanOrEqualTo(limits.active());
    for (int i = runs.nextClearBit(0); i < queue.size(); i = runs.nextClearBit(i + 1)) {
      QueueEntry e = queue.get(i);
      if (!e.wanted()) {
        continue;
      }
      assertThat(e.forced()).as(what).isFalse();
      boolean full = counted[e.job().ordinal()] == most[e.job().ordinal()];
      boolean allFull = e.job() != Job.CHECK && active == limits.active();
      assertThat(full || allFull).as(what + ": no place is left empty for " + i).isTrue();
      for (int later = runs.nextSetBit(i); later >= 0; later = runs.nextSetBit(later + 1)) {
        QueueEntry other = queue.get(later);
        boolean excused = other.forced() || other.isSettling() || (other.running() && other.slow());
        assertThat(other.job() != e.job() || excused).as(what + ": order").isTrue();
      }
    }
  }

  /** Rates that jump about the threshold: a torrent changes at most every two minutes. */
  @Test
  void aQueueDoesNotFlap() {
    SplittableRandom random = new SplittableRandom(SEED);
    int count = 8;
    QueueLimits limits = new QueueLimits(2, 2, 6, 1);
    boolean[] running = new boolean[count];
    long[] since = new long[count];
    int[] changes = new int[count];
    Pace[] paces = new Pace[count];
    for (int second = 0; second < 3_600; second++) {
      long now = second * SECOND;
      List<QueueEntry> queue = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        if (running[i]) {
          long base = (second / 90 + i) % 3 == 0 ? 10 : 1_000;
          paces[i] = paces[i].seen(base + random.nextLong(100), 100, now);
        }
        boolean slow = running[i] && paces[i].slow();
        long nanos = running[i] ? now - since[i] : 0;
        queue.add(new QueueEntry(Job.DOWNLOAD, true, false, running[i], slow, nanos));
      }
      BitSet runs = QueuePlan.of(queue, limits);
      for (int i = 0; i < count; i++) {
        if (runs.get(i) != running[i]) {
          changes[i]++;
          running[i] = runs.get(i);
          since[i] = now;
          paces[i] = Pace.started(now);
        }
      }
    }
    for (int i = 0; i < count; i++) {
      assertThat(changes[i]).as("seed " + SEED + " torrent " + i).isLessThanOrEqualTo(60);
    }
  }
}
