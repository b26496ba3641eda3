package sluice.daemon.shelf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Averages of two rates over steps of time, the last ones. One thread, or under a lock. */
public final class RateSteps {
  private final int samplesEach;
  private final int stepSeconds;
  private final int[] down;
  private final int[] up;
  private int next;
  private int count;
  private int samples;
  private long downSum;
  private long upSum;

  /** Steps of {@code samplesEach} samples that come every {@code sampleSeconds}. */
  RateSteps(int sampleSeconds, int samplesEach, int room) {
    this.samplesEach = samplesEach;
    this.stepSeconds = sampleSeconds * samplesEach;
    this.down = new int[room];
    this.up = new int[room];
  }

  /** One sample, in bytes per second. */
  void add(long downRate, long upRate) {
    downSum += downRate;
    upSum += upRate;
    if (++samples < samplesEach) {
      return;
    }
    down[next] = (int) Math.min(Integer.MAX_VALUE, downSum / samples);
    up[next] = (int) Math.min(Integer.MAX_VALUE, upSum / samples);
    next = (next + 1) % down.length;
    count = Math.min(down.length, count + 1);
    samples = 0;
    downSum = 0;
    upSum = 0;
  }

  /** Whether nothing was moved in all that is remembered. */
  boolean isQuiet() {
    return downSum + upSum == 0
        && Arrays.stream(down).allMatch(rate -> rate == 0)
        && Arrays.stream(up).allMatch(rate -> rate == 0);
  }

  /** What is remembered. */
  Seen seen() {
    return new Seen(stepSeconds, down.length, list(down), list(up));
  }

  private List<Integer> list(int[] rates) {
    List<Integer> list = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      list.add(rates[(next - count + i + rates.length) % rates.length]);
    }
    return list;
  }

  /**
   * Rates in bytes per second, the oldest first.
   *
   * @param stepSeconds between two of them
   * @param room how many there will be at the most
   */
  public record Seen(int stepSeconds, int room, List<Integer> down, List<Integer> up) {}
}
