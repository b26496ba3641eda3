package sluice.tracker.page;

import java.util.ArrayList;
import java.util.List;
import sluice.tracker.service.TrackerCore;

/** What the tracker did in the last minutes, for graphs. Added to by one thread, read by any. */
public final class History {
  /** Between two points. */
  public static final int STEP_SECONDS = 5;

  private static final int POINTS = 120;

  private final TrackerCore core;
  private final List<Point> points = new ArrayList<>();
  private long announcesBefore;

  /** Nothing yet. */
  public History(TrackerCore core) {
    this.core = core;
  }

  /**
   * One point of the graphs.
   *
   * @param announcesPerSecond since the point before
   * @param peers of all swarms
   */
  record Point(double announcesPerSecond, long peers) {}

  /** Adds a point; to be called every {@link #STEP_SECONDS}. */
  public synchronized void add() {
    long announces = core.counters().announces();
    double rate = (double) (announces - announcesBefore) / STEP_SECONDS;
    announcesBefore = announces;
    if (points.size() == POINTS) {
      points.removeFirst();
    }
    points.add(new Point(rate, core.store().counts().peers()));
  }

  synchronized List<Point> points() {
    return List.copyOf(points);
  }
}
