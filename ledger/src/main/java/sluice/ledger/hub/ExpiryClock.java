package sluice.ledger.hub;

import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;

/**
 * The time by which channels end: that of the hub's clock, but it passes at most twice as fast as
 * time does. So a clock that is set wrong, and a hub that was not there, leave payees half of the
 * grace at least, in which the hub runs and redeems their vouchers; then it catches up. Any thread.
 */
final class ExpiryClock implements LongSupplier {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final int PACE = 2;

  /** So often it is written down how far it has come. */
  private static final long KEEP_SECONDS = 60;

  private final LongSupplier unixSeconds;
  private final LongSupplier nanos;
  private long seconds;
  private long sinceNanos;

  /**
   * A clock that goes on where one has stopped.
   *
   * @param nanos time that passes evenly, whatever people set clocks to
   * @param stopped up to where it had come, as {@link #seen}
   */
  ExpiryClock(LongSupplier unixSeconds, LongSupplier nanos, OptionalLong stopped) {
    this.unixSeconds = unixSeconds;
    this.nanos = nanos;
    long now = unixSeconds.getAsLong();
    seconds = Math.min(now, stopped.orElse(now));
    sinceNanos = nanos.getAsLong();
  }

  @Override
  public synchronized long getAsLong() {
    long passed = (nanos.getAsLong() - sinceNanos) / SECOND_NANOS;
    long now = Math.min(unixSeconds.getAsLong(), seconds + PACE * passed);
    seconds = now;
    sinceNanos += passed * SECOND_NANOS;
    return now;
  }

  /** Where it was when that was last written down. */
  static OptionalLong seen(Handle handle) {
    return handle
        .createQuery("select seconds from seen where id = 1")
        .mapTo(Long.class)
        .findOne()
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  /** Writes down that it has come to {@code now}, now and then. */
  static void keep(Handle handle, long now) {
    if (seen(handle).orElse(Long.MIN_VALUE) <= now - KEEP_SECONDS) {
      handle.execute(
          "insert into seen (id, seconds) values (1, ?)"
              + " on conflict (id) do update set seconds = excluded.seconds",
          now);
    }
  }
}
