package sluice.protocol.filter;

/** A list that is read byte by byte; what is found goes to {@link Findings}. One thread. */
sealed interface ListFormat permits LineFormat, P2bFormat {
  /** Reads the next byte. */
  void accept(byte next);

  /** All bytes were read. */
  void end();
}
