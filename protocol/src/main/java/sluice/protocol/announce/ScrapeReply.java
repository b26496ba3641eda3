package sluice.protocol.announce;

import java.util.List;

/** What a tracker answers to a scrape (BEP 48). */
public sealed interface ScrapeReply {

  /** Counts of those torrents that the tracker knows. */
  record Counts(List<ScrapeEntry> entries) implements ScrapeReply {
    public Counts {
      entries = List.copyOf(entries);
    }
  }

  /** The tracker refuses; {@code reason} is a text for people. */
  record Failure(String reason) implements ScrapeReply {}

  /** The answer makes no sense. */
  record Malformed(String detail) implements ScrapeReply {}
}
