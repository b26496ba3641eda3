package sluice.engine.swarm;

/** Where an address came from, the most trusted first. */
public enum Source {
  /** Named by the user. */
  USER,
  /** It connected to us and told its port. */
  INCOMING,
  /** Used in an earlier run. */
  RESUME,
  TRACKER,
  /** Multicast in the local network. */
  LSD,
  /** A node named it, which may name those of this machine only if it is there itself. */
  DHT,
  /** Told by another peer. */
  PEX,
  /** A peer of another torrent of the session that has common content. */
  SIBLING;

  /** Whether anybody on the internet can make it say anything. */
  boolean isOpen() {
    return this == DHT || this == PEX;
  }
}
