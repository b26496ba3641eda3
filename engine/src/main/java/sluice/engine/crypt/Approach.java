package sluice.engine.crypt;

/** How a peer is spoken to first. */
public enum Approach {
  /** By the handshake of BEP 3. */
  PLAIN,
  /** By the handshake of MSE, in which that of BEP 3 is hidden. */
  ENCRYPTED
}
