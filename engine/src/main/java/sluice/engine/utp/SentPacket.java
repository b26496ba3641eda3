package sluice.engine.utp;

/** A packet with a sequence number, kept until it is acknowledged. */
final class SentPacket {
  final int sequence;

  /** The datagram; times and acknowledgements in it are set when it is sent. */
  final byte[] datagram;

  /** Whether it searches for the size of packets. */
  final boolean probe;

  /** Whether it may be cut into fragments on its way. */
  boolean fragments;

  /** Whether it was sent again without being held for lost. */
  boolean tail;

  /** Whether it was given up because nothing came for long: it may still come, in its order. */
  boolean expired;

  long sentNanos;
  int transmissions;
  boolean acked;
  boolean lost;

  SentPacket(int sequence, byte[] datagram, boolean probe) {
    this.sequence = sequence;
    this.datagram = datagram;
    this.probe = probe;
  }

  int bytes() {
    return datagram.length;
  }

  /** Whether it is on its way, as far as is known. */
  boolean inFlight() {
    return !acked && !lost && transmissions > 0;
  }
}
