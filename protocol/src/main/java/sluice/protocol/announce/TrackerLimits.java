package sluice.protocol.announce;

import java.util.OptionalInt;

/** What is taken from a tracker at the most, and how its numbers are made sane. */
final class TrackerLimits {
  /** Peers kept of one reply. */
  static final int PEERS = 1_000;

  /** Characters kept of a text for people. */
  static final int TEXT_CHARS = 300;

  /** Bytes of a tracker id that is kept and sent back. */
  static final int TRACKER_ID_BYTES = 256;

  /** Torrents kept of one scrape reply. */
  static final int SCRAPED = 1_000;

  /** When a tracker tells no interval, or one that makes no sense. */
  static final int DEFAULT_INTERVAL_SECONDS = 1_800;

  /** No tracker keeps us silent for longer than a day. */
  static final int MAX_INTERVAL_SECONDS = 86_400;

  private TrackerLimits() {}

  /** An interval in seconds. */
  static int interval(long seconds) {
    return seconds <= 0 ? DEFAULT_INTERVAL_SECONDS : (int) Math.min(seconds, MAX_INTERVAL_SECONDS);
  }

  /** A number of peers; nothing if it is negative. */
  static OptionalInt count(long value) {
    return value < 0
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.min(value, Integer.MAX_VALUE));
  }
}
