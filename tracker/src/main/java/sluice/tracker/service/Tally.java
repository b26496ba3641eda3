package sluice.tracker.service;

import java.util.concurrent.atomic.LongAdder;

/**
 * Requests that came by one way, by what became of them. Any thread.
 *
 * @param connects connection ids given, or connections opened
 * @param announces announces answered
 * @param scrapes scrapes answered
 * @param refused answered by a refusal, or dropped for being too many
 * @param malformed made no sense
 */
public record Tally(
    LongAdder connects,
    LongAdder announces,
    LongAdder scrapes,
    LongAdder refused,
    LongAdder malformed) {
  Tally() {
    this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
  }
}
