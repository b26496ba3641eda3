package sluice.tracker.http;

import java.util.concurrent.atomic.AtomicInteger;
import sluice.tracker.service.Clock;

/** A clock that goes on when it is told to. Any thread. */
final class HandClock implements Clock {
  private static final int START = 100;

  private final AtomicInteger seconds = new AtomicInteger(START);

  /** So many seconds pass. */
  void pass(int more) {
    seconds.addAndGet(more);
  }

  @Override
  public int seconds() {
    return seconds.get();
  }

  @Override
  public long epochSeconds() {
    return seconds.get();
  }
}
