package sluice.engine.swarm;

import java.util.List;
import java.util.Optional;
import sluice.engine.crypt.Approach;

/**
 * What is known of an address, in 16 bits: failures since the last useful connection (5), source
 * (3), state (2), whether it must wait since its last end (1), whether it has everything (1) or
 * others say so (1), how it is spoken to first (2), whether it speaks uTP (1).
 */
final class PeerBits {
  static final int IDLE = 0;
  static final int CONNECTING = 1;
  static final int CONNECTED = 2;

  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long FIRST_BACKOFF_NANOS = 30 * SECOND_NANOS;

  /** The user knows that the peer is there, or will be in a moment. */
  private static final long FIRST_USER_BACKOFF_NANOS = SECOND_NANOS;

  private static final long MAX_BACKOFF_NANOS = 1_800 * SECOND_NANOS;
  private static final int MAX_DOUBLINGS = 6;
  private static final int MAX_FAILURES = 31;
  private static final int SEED = 1;
  private static final int WAITS = 2;
  private static final int STATE_SHIFT = 2;
  private static final int STATE_MASK = 3 << STATE_SHIFT;
  private static final int SOURCE_SHIFT = 4;
  private static final int SOURCE_MASK = 7 << SOURCE_SHIFT;
  private static final int FAILURES_SHIFT = 7;
  private static final int RANK_MASK = (1 << 8) - 1;
  private static final int SAID = 1 << 12;
  private static final int PLAIN = 1 << 13;
  private static final int ENCRYPTED = 1 << 14;
  private static final int UTP = 1 << 15;
  private static final int APPROACH_MASK = PLAIN | ENCRYPTED;
  private static final List<Source> SOURCES = List.of(Source.values());

  private PeerBits() {}

  static int of(Source source) {
    return SOURCES.indexOf(source) << SOURCE_SHIFT;
  }

  /** Fewer failures come first, then the more trusted source. */
  static long rank(int bits) {
    int rank = (bits >>> SOURCE_SHIFT) & RANK_MASK;
    return rank;
  }

  static int state(int bits) {
    return (bits & STATE_MASK) >> STATE_SHIFT;
  }

  static int state(int bits, int state) {
    return (bits & ~STATE_MASK) | (state << STATE_SHIFT);
  }

  static Source source(int bits) {
    return SOURCES.get((bits & SOURCE_MASK) >> SOURCE_SHIFT);
  }

  static int source(int bits, Source source) {
    return (bits & ~SOURCE_MASK) | (SOURCES.indexOf(source) << SOURCE_SHIFT);
  }

  /** Whether it comes from the DHT, from peers or from the local network. */
  static boolean isOfNeighbours(int bits) {
    Source source = source(bits);
    return source.isOpen() || source == Source.LSD || source == Source.SIBLING;
  }

  static boolean isSeed(int bits) {
    return (bits & SEED) != 0;
  }

  /** Sets whether it has everything, whatever others said. */
  static int seed(int bits, boolean seed) {
    return (seed ? bits | SEED : bits & ~SEED) & ~SAID;
  }

  /** Whether others said that it has everything, and nobody has looked. */
  static boolean isSaidSeed(int bits) {
    return (bits & SAID) != 0;
  }

  /** What others say of one that nothing is known of. */
  static int said(int bits, boolean seed, boolean utp) {
    return bits | (seed ? SAID : 0) | (utp ? UTP : 0);
  }

  static boolean waits(int bits) {
    return (bits & WAITS) != 0;
  }

  static int failures(int bits) {
    return (bits >>> FAILURES_SHIFT) & MAX_FAILURES;
  }

  static Optional<Approach> approach(int bits) {
    if ((bits & APPROACH_MASK) == 0) {
      return Optional.empty();
    }
    return Optional.of((bits & PLAIN) != 0 ? Approach.PLAIN : Approach.ENCRYPTED);
  }

  static int approach(int bits, Approach approach) {
    int bit = approach == Approach.PLAIN ? PLAIN : ENCRYPTED;
    return (bits & ~APPROACH_MASK) | bit;
  }

  static boolean utp(int bits) {
    return (bits & UTP) != 0;
  }

  static int utp(int bits, boolean speaks) {
    return speaks ? bits | UTP : bits & ~UTP;
  }

  /** How long it is not dialled after its last end. */
  static long backoffNanos(int bits) {
    int doublings = Math.clamp(failures(bits) - 1, 0, MAX_DOUBLINGS);
    long first = source(bits) == Source.USER ? FIRST_USER_BACKOFF_NANOS : FIRST_BACKOFF_NANOS;
    return Math.min(MAX_BACKOFF_NANOS, first << doublings);
  }

  /** Idle, and waiting, after the {@code failures}-th failure. */
  static int ended(int bits, int failures) {
    int kept = bits & (SEED | SAID | SOURCE_MASK | APPROACH_MASK | UTP);
    return kept | WAITS | (Math.min(failures, MAX_FAILURES) << FAILURES_SHIFT);
  }
}
