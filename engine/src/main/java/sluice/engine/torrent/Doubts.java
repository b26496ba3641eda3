package sluice.engine.torrent;

import java.util.BitSet;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.protocol.merkle.PieceHash;

/**
 * Pieces that count as there and may not be right any more: they are hashed, and until then nobody
 * is sent anything of them. Loop only.
 */
final class Doubts {
  private final Storage storage;
  private final IntFunction<PieceHash> expected;
  private final Consumer<Fault> failed;
  private BitSet doubtful = new BitSet();
  private Optional<Storage.Check> running = Optional.empty();
  private boolean stopped;

  Doubts(Storage storage, IntFunction<PieceHash> expected, Consumer<Fault> failed) {
    this.storage = storage;
    this.expected = expected;
    this.failed = failed;
  }

  /** Whether the piece may be wrong. */
  boolean has(int piece) {
    return doubtful.get(piece);
  }

  /** Hashes {@code pieces}, while no others are; {@code told} is given those that are wrong. */
  void check(BitSet pieces, Consumer<BitSet> told) {
    if (running.isPresent()) {
      throw new IllegalStateException("one check at a time");
    }
    doubtful = (BitSet) pieces.clone();
    running = Optional.of(storage.check(pieces, expected, new Verdict(told)));
  }

  /** Hashes nothing more, and tells nothing more. */
  void stop() {
    stopped = true;
    running.ifPresent(Storage.Check::cancel);
  }

  /** What the check finds. */
  private final class Verdict implements Storage.CheckHandler {
    private final Consumer<BitSet> told;
    private final BitSet wrong = (BitSet) doubtful.clone();

    Verdict(Consumer<BitSet> told) {
      this.told = told;
    }

    @Override
    public void onChecked(int from, int to, BitSet good) {
      wrong.andNot(good);
    }

    @Override
    public void onEnd() {
      running = Optional.empty();
      if (!stopped) {
        doubtful = new BitSet();
        told.accept(wrong);
      }
    }

    @Override
    public void onFault(Fault fault) {
      running = Optional.empty();
      if (!stopped) {
        failed.accept(fault);
      }
    }
  }
}
