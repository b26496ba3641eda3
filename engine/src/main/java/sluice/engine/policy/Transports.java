package sluice.engine.policy;

/** By which protocols peers are reached and let in. */
public enum Transports {
  BOTH,
  /** Streams of the system. */
  TCP,
  /** Streams on datagrams that give way to others (BEP 29). */
  UTP;

  /** Whether TCP is used. */
  public boolean tcp() {
    return this != UTP;
  }

  /** Whether uTP is used. */
  public boolean utp() {
    return this != TCP;
  }
}
