package sluice.ledger.hub;

/** What came of a call: a value, or why nothing was done. */
public sealed interface Outcome<T> {
  /** It is done and committed. */
  record Done<T>(T value) implements Outcome<T> {}

  /** Nothing was done. */
  record Refused<T>(Refusal refusal, String detail) implements Outcome<T> {}
}
