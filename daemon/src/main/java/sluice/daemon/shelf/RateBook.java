package sluice.daemon.shelf;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import sluice.protocol.metainfo.InfoHashes;

/**
 * Rates over time: of all torrents together for an hour, a day and a week, and of each that was
 * busy lately for half an hour. A thread of its own takes the samples. Any thread.
 */
public final class RateBook implements AutoCloseable {
  private static final int SAMPLE_SECONDS = 5;

  /** Torrents whose rates are remembered at a time. */
  private static final int MAX_TORRENTS = 2_000;

  private static final int STEPS_OF_TORRENT = 180;
  private static final int SAMPLES_OF_TORRENT = 2;

  private final Supplier<List<Item>> items;
  private final Map<Span, RateSteps> all = new EnumMap<>(Span.class);
  private final Map<InfoHashes, RateSteps> each = new HashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** How far back is looked. */
  public enum Span {
    HOUR(2, 360),
    DAY(24, 720),
    WEEK(180, 672);

    private final int samplesEach;
    private final int room;

    Span(int samplesEach, int room) {
      this.samplesEach = samplesEach;
      this.room = room;
    }

    /** The one with that name. */
    public static Optional<Span> of(String text) {
      return List.of(values()).stream()
          .filter(span -> span.name().toLowerCase(Locale.ROOT).equals(text))
          .findFirst();
    }
  }

  /** Of the torrents that {@code items} gives; nothing is sampled before {@link #start}. */
  public RateBook(Supplier<List<Item>> items) {
    this.items = items;
    for (Span span : Span.values()) {
      all.put(span, new RateSteps(SAMPLE_SECONDS, span.samplesEach, span.room));
    }
  }

  /** Begins to take samples. */
  public void start() {
    Thread.ofVirtual().name("rates").start(this::run);
  }

  private void run() {
    try {
      while (!closed.await(SAMPLE_SECONDS, TimeUnit.SECONDS)) {
        sample();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes a sample of all. */
  void sample() {
    List<Item> present = items.get();
    synchronized (this) {
      long down = 0;
      long up = 0;
      Set<InfoHashes> busy = new HashSet<>();
      for (Item item : present) {
        long downRate = item.now().downRate();
        long upRate = item.now().upRate();
        down += downRate;
        up += upRate;
        if (downRate + upRate > 0 && add(item.torrent(), downRate, upRate)) {
          busy.add(item.torrent());
        }
      }
      for (RateSteps steps : all.values()) {
        steps.add(down, up);
      }
      each.forEach((torrent, steps) -> {
        if (!busy.contains(torrent)) {
          steps.add(0, 0);
        }
      });
      each.values().removeIf(RateSteps::isQuiet);
    }
  }

  private boolean add(InfoHashes torrent, long downRate, long upRate) {
    RateSteps steps = each.get(torrent);
    if (steps == null) {
      if (each.size() >= MAX_TORRENTS) {
        return false;
      }
      steps = new RateSteps(SAMPLE_SECONDS, SAMPLES_OF_TORRENT, STEPS_OF_TORRENT);
      each.put(torrent, steps);
    }
    steps.add(downRate, upRate);
    return true;
  }

  /** Rates of all torrents together. */
  public synchronized RateSteps.Seen of(Span span) {
    RateSteps steps = all.get(span);
    if (steps == null) {
      throw new IllegalArgumentException("no such span: " + span);
    }
    return steps.seen();
  }

  /** Rates of one torrent; none if it was not busy lately. */
  public synchronized RateSteps.Seen of(InfoHashes torrent) {
    RateSteps steps = each.get(torrent);
    return steps == null
        ? new RateSteps.Seen(
            SAMPLE_SECONDS * SAMPLES_OF_TORRENT, STEPS_OF_TORRENT, List.of(), List.of())
        : steps.seen();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
