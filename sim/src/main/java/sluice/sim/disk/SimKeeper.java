package sluice.sim.disk;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.session.Keeper;
import sluice.engine.torrent.Done;
import sluice.engine.torrent.Resume;
import sluice.engine.torrent.Totals;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.wire.PieceSet;
import sluice.sim.world.Chance;
import sluice.sim.world.SimLoop;

/**
 * The records of one torrent on one host, with the promises of the real store and no more: changes
 * survive in their order; a kill loses those of the last tenth of a second at most, a power cut
 * those of the last two seconds at most.
 */
public final class SimKeeper {
  private static final long KILL_NANOS = 100_000_000L;
  private static final long POWER_NANOS = 2_000_000_000L;
  private static final long RECALL_NANOS = 1_000_000L;

  private final int pieces;

  /** What is certain to survive. */
  private Kept base;

  /** What came after it, in order. */
  private final List<Change> changes = new ArrayList<>();

  private boolean cleanStart;
  private BitSet lastDoubtful = new BitSet();
  private Map<Integer, BitSet> lastUnfinished = Map.of();
  private boolean trusted;

  /** The record and the journal. */
  private record Kept(Optional<Resume> resume, BitSet journal) {}

  /** One change of the record or of the journal. */
  private record Change(long atNanos, Optional<Resume> checkpoint, int piece) {}

  /** Records of a torrent with {@code pieces} that was added and has never run. */
  public SimKeeper(int pieces) {
    this.pieces = pieces;
    this.base = new Kept(Optional.empty(), new BitSet());
  }

  /** The keeper for the process of {@code loop}. */
  public Keeper process(SimLoop loop) {
    return new Process(loop);
  }

  /** The process was killed: its last changes may not have left it. */
  public void kill(long now, Chance chance) {
    lose(now - chance.nextLong(KILL_NANOS + 1));
  }

  /** The machine stopped: what was not forced to its device may be lost. */
  public void powerCut(long now, Chance chance) {
    lose(now - chance.nextLong(POWER_NANOS + 1));
  }

  /** The process ended well. */
  public void closed() {
    base = kept();
    changes.clear();
    cleanStart = true;
  }

  private void lose(long after) {
    changes.removeIf(change -> change.atNanos() > after);
    cleanStart = false;
  }

  /** The pieces that are recorded as there. */
  public PieceSet have() {
    return kept().resume().map(Resume::have).orElseGet(() -> new PieceSet(pieces));
  }

  /** What the last process was told to be in doubt; empty if it was told that nothing is known. */
  public Optional<BitSet> lastDoubtful() {
    return trusted ? Optional.of((BitSet) lastDoubtful.clone()) : Optional.empty();
  }

  /** The blocks that the last process was told to be on disk, of pieces that are not. */
  public Map<Integer, BitSet> lastUnfinished() {
    return lastUnfinished;
  }

  private Kept kept() {
    BitSet journal = (BitSet) base.journal().clone();
    Optional<Resume> resume = base.resume();
    for (Change change : changes) {
      if (change.checkpoint().isPresent()) {
        resume = change.checkpoint();
        remove(journal, resume.get().have());
      } else {
        journal.set(change.piece());
      }
    }
    return new Kept(resume, journal);
  }

  private static void remove(BitSet journal, PieceSet have) {
    for (int i = journal.nextSetBit(0); i >= 0; i = journal.nextSetBit(i + 1)) {
      if (have.get(i)) {
        journal.clear(i);
      }
    }
  }

  private Resume recalled(boolean clean) {
    Kept kept = kept();
    Resume resume =
        kept.resume()
            .map(r ->
                new Resume(
                    r.have().copy(),
                    kept.journal(),
                    r.unfinished(),
                    clean && kept.journal().isEmpty(),
                    r.seen(),
                    r.totals()))
            .orElseGet(() -> Resume.unknown(pieces, Totals.ZERO));
    lastDoubtful = (BitSet) resume.doubtful().clone();
    lastUnfinished = resume.unfinished();
    trusted = resume.isTrusted();
    return resume;
  }

  /** One process. */
  private final class Process implements Keeper {
    private final SimLoop loop;
    private final boolean startedClean = cleanStart;
    private boolean rested;

    Process(SimLoop loop) {
      this.loop = loop;
      cleanStart = false;
    }

    private void add(Optional<Resume> checkpoint, int piece) {
      loop.check();
      changes.add(new Change(loop.world().now(), checkpoint, piece));
    }

    @Override
    public boolean isDurable() {
      return true;
    }

    @Override
    public void written(InfoHashes torrent, int piece) {
      add(Optional.empty(), piece);
    }

    @Override
    public void checkpoint(InfoHashes torrent, Resume resume, Done done) {
      rested = resume.clean();
      add(Optional.of(resume), 0);
    }

    @Override
    public void counters(InfoHashes torrent, Totals totals, Done done) {
      loop.check();
    }

    @Override
    public void recall(InfoHashes torrent, Consumer<Optional<Resume>> told) {
      loop.post(
          RECALL_NANOS, "recall", () -> told.accept(Optional.of(recalled(rested || startedClean))));
    }

    @Override
    public void forget(InfoHashes torrent) {
      base = new Kept(Optional.empty(), new BitSet());
      changes.clear();
    }
  }
}
