package sluice.engine.announce;

import java.util.OptionalInt;

/**
 * Why an announce failed.
 *
 * @param message for people, not cleaned
 * @param retrySeconds what the tracker said about trying again, as in {@code AnnounceReply.Failure}
 */
record Refusal(String message, OptionalInt retrySeconds) {

  /** A failure about which the tracker said nothing. */
  static Refusal of(String message) {
    return new Refusal(message, OptionalInt.empty());
  }
}
