package sluice.engine.session;

import sluice.engine.port.Fault;

/** What became of a {@link Command}. */
public sealed interface Outcome {
  /** It is done. */
  record Done() implements Outcome {}

  /** There is no such torrent. */
  record Unknown() implements Outcome {}

  /** It cannot be done; {@code reason} is for people. */
  record Refused(String reason) implements Outcome {}

  /** It was tried in vain. */
  record Failed(Fault fault) implements Outcome {}
}
