package sluice.engine.metadata;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.protocol.wire.MetadataMessage;

/** Metadata of one size that are being put together. Loop only. */
final class Attempt {
  private static final long GRACE_NANOS = 30_000_000_000L;
  private static final long NANOS_PER_PIECE = 1_000_000_000L;

  /** Sources that are asked for one piece at the same time, towards the end. */
  private static final int MAX_ASKED = 2;

  final int size;

  /** The only source, once a mixture has turned out wrong; or null for all. */
  final @Nullable Candidate only;

  final Set<Candidate> senders = new LinkedHashSet<>();
  private final long startedNanos;
  private final BitSet have = new BitSet();
  private final int[] asked;
  private byte[] bytes = new byte[0];

  Attempt(int size, @Nullable Candidate only, long now) {
    this.size = size;
    this.only = only;
    this.startedNanos = now;
    this.asked = new int[MetadataMessage.pieces(size)];
  }

  int pieces() {
    return asked.length;
  }

  int count() {
    return have.cardinality();
  }

  boolean isComplete() {
    return count() == pieces();
  }

  boolean takesFrom(Candidate candidate) {
    return candidate.size == size && (only == null || only == candidate);
  }

  /** Whether less than a piece a second came, after some time to begin with. */
  boolean isSlow(long now) {
    return now - startedNanos > GRACE_NANOS + count() * NANOS_PER_PIECE;
  }

  /** A piece to be asked of {@code candidate}, those that nobody was asked for first; or -1. */
  int next(Candidate candidate) {
    int best = -1;
    for (int i = have.nextClearBit(0); i < asked.length; i = have.nextClearBit(i + 1)) {
      if (asked[i] < MAX_ASKED
          && !candidate.open.containsKey(i)
          && (best < 0 || asked[i] < asked[best])) {
        best = i;
      }
    }
    return best;
  }

  void asked(int piece) {
    asked[piece]++;
  }

  /** A request for {@code piece} is over, one way or another. */
  void answered(int piece) {
    asked[piece]--;
  }

  /** Keeps a piece of the right length; false if it was there. */
  boolean put(int piece, ByteBuffer data, Candidate from) {
    if (have.get(piece)) {
      return false;
    }
    if (bytes.length == 0) {
      bytes = new byte[size];
    }
    int length = MetadataMessage.length(size, piece);
    data.get(data.position(), bytes, piece * MetadataMessage.PIECE, length);
    have.set(piece);
    senders.add(from);
    return true;
  }

  /** All bytes, once complete. */
  byte[] bytes() {
    return bytes;
  }
}
