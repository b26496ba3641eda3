package sluice.protocol.utp;

/** The kinds of packets of uTP (BEP 29), in the order of their numbers on the wire. */
public enum UtpType {
  /** Payload. */
  DATA,
  /** The sender's last sequence number. */
  FIN,
  /** An acknowledgement without payload. */
  STATE,
  /** The receiver of it has no such connection. */
  RESET,
  /** Opens a connection. */
  SYN
}
