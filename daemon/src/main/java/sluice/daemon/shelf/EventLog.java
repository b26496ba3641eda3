package sluice.daemon.shelf;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What happened lately, for people. Any thread. */
public final class EventLog {
  /** Lines that are remembered. */
  public static final int MAX_LINES = 2_000;

  private final Deque<Line> lines = new ArrayDeque<>();
  private long lastNumber = -1;

  /** How important a line is. */
  public enum Level {
    INFO,
    WARNING,
    ERROR
  }

  /** One line. */
  public record Line(long number, long millis, Level level, String text) {}

  /** Adds a line. */
  public synchronized void add(long millis, Level level, String text) {
    lines.addLast(new Line(++lastNumber, millis, level, text));
    if (lines.size() > MAX_LINES) {
      lines.removeFirst();
    }
  }

  /** The lines after the one with {@code number}. */
  public synchronized List<Line> after(long number) {
    return lines.stream().filter(line -> line.number() > number).toList();
  }
}
