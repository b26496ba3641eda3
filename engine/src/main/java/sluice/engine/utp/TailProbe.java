package sluice.engine.utp;

/**
 * When a packet is sent again although nothing shows that it is lost (the probe of RFC 8985,
 * section 7). The last packets of a burst that a full queue drops have none after them whose coming
 * would show their loss; without it they wait for a time-out. RFC 8985 sends the newest again; here
 * it is the oldest, as selective acknowledgements of uTP have no room to tell of what is far ahead.
 */
final class TailProbe {
  /** An answer may be held back for so long. */
  private static final long ANSWER_NANOS = 10_000_000L;

  private long deadlineNanos = Long.MAX_VALUE;

  /** Something new was sent or acknowledged. */
  void arm(RoundTrip trip, long now) {
    deadlineNanos = now + 2 * trip.smoothNanos() + ANSWER_NANOS;
  }

  /** It was sent, or everything is sent again: there is none until something is acknowledged. */
  void stop() {
    deadlineNanos = Long.MAX_VALUE;
  }

  /** When it is to be sent; {@link Long#MAX_VALUE} for not at all. */
  long deadlineNanos() {
    return deadlineNanos;
  }
}
