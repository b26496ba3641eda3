package sluice.engine.torrent;

import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Presence;
import sluice.engine.port.Storage;
import sluice.protocol.wire.PieceSet;

/**
 * Records how far a torrent is, so that a crash costs next to nothing. A piece is recorded as there
 * only after its data were forced to the device; until then it is recorded as doubtful. A torrent
 * that is not durable is recorded at its end only. Loop only.
 */
final class Checkpoint {
  private static final long INTERVAL_NANOS = 1_000_000_000L;

  /** With the two seconds of the store, no crash takes counters back by more than five. */
  private static final long COUNTERS_NANOS = 3_000_000_000L;

  private static final long MAX_UNFORCED_BYTES = 64L << 20;

  private final Loop loop;
  private final Storage storage;
  private final boolean durable;
  private final PieceSet have;
  private final Begun begun;
  private final Record record;
  private Optional<Resume.Seen> seen = Optional.empty();
  private long unforcedBytes;
  private long begunVersion;
  private long lastNanos;
  private long countersNanos;
  private Totals told = Totals.ZERO;

  /** Whether nothing of ours changes the files. */
  private boolean settled;

  private boolean busy;
  private boolean ended;

  /** The folder of the data is not there any more, such as that of a disk that was unmounted. */
  private boolean vanished;

  /** What is on the device. */
  private record Forced(PieceSet have, Map<Integer, BitSet> unfinished) {}

  /** The pieces that are begun and not complete. */
  interface Begun {
    /** A second has passed: what was received long ago may be written. */
    void tick(long now);

    /** Changes whenever more was written. */
    long version();

    /** The blocks of each piece that were written. */
    Map<Integer, BitSet> blocks();
  }

  /** Where it is recorded. */
  interface Record {
    /** The piece was written and is not forced to the device yet. */
    void written(int piece);

    /** This holds from here on, whatever happens. */
    void checkpoint(Resume resume, Done done);

    /** Only the numbers have changed. */
    void counters(Totals totals, Done done);

    /** What the torrent has done. */
    Totals totals();

    /** How much is there at this moment. */
    Done done();

    /** Data could not be forced to the device. */
    void onFault(Fault fault);
  }

  Checkpoint(
      Loop loop, Storage storage, boolean durable, PieceSet have, Begun begun, Record record) {
    this.loop = loop;
    this.storage = storage;
    this.durable = durable;
    this.have = have;
    this.begun = begun;
    this.record = record;
    this.lastNanos = loop.now();
    this.countersNanos = lastNanos;
  }

  /** A piece was written. */
  void written(int piece, int bytes) {
    record.written(piece);
    unforcedBytes += bytes;
    if (unforcedBytes >= MAX_UNFORCED_BYTES) {
      take();
    }
  }

  /**
   * The data on disk were looked at, or the torrent became another one: that is worth a record.
   * While it only seeds, how the files look at the beginning stays what is recorded: if somebody
   * else writes to them, that shows at the next start at the latest.
   */
  void enter(Phase phase) {
    if (phase instanceof Phase.Seeding) {
      settled = true;
      relocated();
    } else if (phase instanceof Phase.Downloading) {
      settled = false;
      begun();
    }
  }

  /** How the files look since nothing of ours changes them; empty if that is not known. */
  Optional<Resume.Seen> settled() {
    return settled ? seen : Optional.empty();
  }

  /** Somebody else wrote to the files, which look like this; what there is of the data is right. */
  void settle(Resume.Seen changed) {
    seen = Optional.of(changed);
    begun();
  }

  /** Something is worth a record. */
  void begun() {
    unforcedBytes = Math.max(unforcedBytes, 1);
    take();
  }

  /** The files are at another place: they are looked at anew. */
  void relocated() {
    seen = Optional.empty();
    begun();
    if (settled && !durable) {
      look(() -> {});
    }
  }

  /** A second has passed. */
  void tick(long now) {
    if (durable && !ended) {
      begun.tick(now);
    }
    boolean changed = unforcedBytes > 0 || begun.version() != begunVersion;
    if (changed && now - lastNanos >= INTERVAL_NANOS) {
      take();
    }
    if (now - countersNanos >= COUNTERS_NANOS) {
      countersNanos = now;
      Totals totals = record.totals();
      if (!totals.equals(told)) {
        told = totals;
        record.counters(totals, record.done());
      }
    }
  }

  private void take() {
    if (!durable || busy || ended) {
      return;
    }
    busy = true;
    lastNanos = loop.now();
    unforcedBytes = 0;
    begunVersion = begun.version();
    Forced forced = new Forced(have.copy(), begun.blocks());
    force(() -> {
      if (seen.isPresent()) {
        tellUnlessOver(forced);
      } else {
        look(() -> tellUnlessOver(forced));
      }
    });
  }

  /** Records the last state: nothing is written any more. {@code done} runs later, always. */
  void end(Runnable done) {
    ended = true;
    Forced forced = new Forced(have.copy(), begun.blocks());
    force(
        () ->
            look(() -> {
              tell(forced, !vanished);
              done.run();
            }),
        done);
  }

  private void tellUnlessOver(Forced forced) {
    if (!ended) {
      tell(forced, false);
    }
  }

  private void tell(Forced forced, boolean clean) {
    busy = false;
    Resume resume =
        new Resume(forced.have(), new BitSet(), forced.unfinished(), clean, seen, record.totals());
    record.checkpoint(resume, record.done());
  }

  private void force(Runnable forced) {
    force(forced, () -> {});
  }

  private void force(Runnable forced, Runnable failed) {
    storage.sync(
        new Storage.DoneHandler() {
          @Override
          public void onDone() {
            forced.run();
          }

          @Override
          public void onFault(Fault fault) {
            busy = false;
            record.onFault(fault);
            failed.run();
          }
        });
  }

  /**
   * Looks at the files; without an answer they count as not seen, which leads to a check. What was
   * seen stays when the folder has vanished: the empty one in its place is not that of the data.
   */
  private void look(Runnable then) {
    storage.probe(
        new Storage.ProbeHandler() {
          @Override
          public void onPresence(Presence presence) {
            vanished =
                seen.isPresent() && !presence.isStill(seen.get().root(), seen.get().stamps());
            if (!vanished && !(settled && seen.isPresent())) {
              seen = presence.root().map(root -> new Resume.Seen(root, presence.stamps()));
            }
            then.run();
          }

          @Override
          public void onFault(Fault fault) {
            seen = Optional.empty();
            then.run();
          }
        });
  }
}
