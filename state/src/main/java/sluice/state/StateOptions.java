package sluice.state;

import java.time.Duration;

/**
 * What may be chosen about a state folder: room that is kept for a full disk, the least time
 * between copies of the database, and the largest database that is copied when it is closed.
 */
public record StateOptions(long reserveBytes, Duration copyInterval, long maxCopyAtCloseBytes) {

  /** 16 MiB, an hour, 64 MiB. */
  public static final StateOptions DEFAULT =
      new StateOptions(16L << 20, Duration.ofHours(1), 64L << 20);

  public StateOptions {
    if (reserveBytes < 0 || copyInterval.isNegative() || maxCopyAtCloseBytes < 0) {
      throw new IllegalArgumentException("negative option");
    }
  }
}
