package sluice.client;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.RootIdentity;
import sluice.engine.session.Command;
import sluice.engine.session.ContentIndex;
import sluice.engine.session.Keeper;
import sluice.engine.torrent.Done;
import sluice.engine.torrent.Resume;
import sluice.engine.torrent.Totals;
import sluice.protocol.metainfo.InfoHashes;
import sluice.state.StartReport;
import sluice.state.StateStore;
import sluice.state.fault.FaultPoint;
import sluice.state.fault.StateException;
import sluice.state.record.Counters;
import sluice.state.record.RenamedFile;
import sluice.state.record.TorrentRow;

/** Remembers progress in a store. Loop only, but for reading, which is done elsewhere. */
final class StoreKeeper implements Keeper {
  private static final System.Logger LOG = System.getLogger("sluice.client");

  private final StateStore store;
  private final Map<InfoHashes, Long> numbers;
  private final Loop loop;
  private final ContentIndex contents;

  /**
   * Whether the last record since this start was made at the end of a run, of those that have one.
   */
  private final Map<Long, Boolean> rested = new HashMap<>();

  /** What is in the record of each torrent that has run since this start. */
  private final Map<Long, Known> known = new HashMap<>();

  private final Map<Long, CompletionStage<?>> lastWrites = new HashMap<>();
  private boolean failing;

  /** What a new record takes over from the one before. */
  private record Known(Counters counters, List<RenamedFile> renamed, Optional<RootIdentity> root) {
    static final Known NOTHING = new Known(Counters.ZERO, List.of(), Optional.empty());

    Known counters(Counters changed) {
      return new Known(changed, renamed, root);
    }

    /** The same after a record of what was seen; an old look may come after a move. */
    Known seen(Optional<RootIdentity> now) {
      return root.equals(now) ? new Known(counters, renamed, Optional.empty()) : this;
    }
  }

  StoreKeeper(StateStore store, Map<InfoHashes, Long> numbers, Loop loop) {
    this.store = store;
    this.numbers = numbers;
    this.loop = loop;
    this.contents = new StoreIndex(store, numbers, loop);
  }

  /**
   * The record of the torrent {@code number} was made of what another program knows; any thread.
   */
  void brought(long number) {
    loop.execute(() -> rested.put(number, true));
  }

  @Override
  public ContentIndex contents() {
    return contents;
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  @Override
  public void written(InfoHashes torrent, int piece) {
    FaultPoint.pass("client-written");
    Long number = numbers.get(torrent);
    if (number != null) {
      watch(number, store.written(number, piece));
    }
  }

  @Override
  public void checkpoint(InfoHashes torrent, Resume resume, Done done) {
    FaultPoint.pass("client-forced");
    Long number = numbers.get(torrent);
    if (number == null) {
      return;
    }
    rested.put(number, resume.clean());
    Known before = known.getOrDefault(number, Known.NOTHING);
    Counters counters = Records.counters(before.counters(), resume.totals(), isComplete(resume));
    known.put(number, before.counters(counters).seen(resume.seen().map(Resume.Seen::root)));
    watch(
        number,
        store
            .checkpoint(
                number,
                Records.resume(resume, before.renamed(), before.root()),
                Records.progress(done),
                counters)
            .thenRun(() -> FaultPoint.pass("client-recorded")));
  }

  @Override
  public void counters(InfoHashes torrent, Totals totals, Done done) {
    Long number = numbers.get(torrent);
    if (number != null) {
      Known before = known.getOrDefault(number, Known.NOTHING);
      Counters counters = Records.counters(before.counters(), totals, false);
      known.put(number, before.counters(counters));
      watch(number, store.count(number, Records.progress(done), counters));
    }
  }

  private static boolean isComplete(Resume resume) {
    return resume.have().count() == resume.have().size();
  }

  @Override
  public void recall(InfoHashes torrent, Consumer<Optional<Resume>> told) {
    Long number = numbers.get(torrent);
    if (number == null) {
      told.accept(Optional.empty());
      return;
    }
    StartReport.Kind found = store.start().kind();
    boolean clean = rested.getOrDefault(number, found == StartReport.Kind.CLEAN);
    boolean doubted = found == StartReport.Kind.RESTORED && !rested.containsKey(number);
    // What was written last is not to be missed.
    lastWrites
        .getOrDefault(number, CompletableFuture.completedStage(number))
        .whenComplete((done, failure) ->
            Thread.ofVirtual()
                .name("recall-torrent")
                .start(() -> recall(number, clean, doubted, told)));
  }

  private void recall(
      long number, boolean clean, boolean doubted, Consumer<Optional<Resume>> told) {
    try {
      Optional<TorrentRow> row = store.reads().row(number);
      Optional<sluice.state.record.Resume> kept = store.reads().resume(number);
      BitSet doubtful = store.reads().journal(number);
      Counters counters = row.map(TorrentRow::counters).orElse(Counters.ZERO);
      Known fresh =
          new Known(
              counters,
              kept.map(sluice.state.record.Resume::renamed).orElse(List.of()),
              Optional.empty());
      Optional<Resume> resume =
          kept.map(k -> Records.resume(k, doubtful, clean, counters))
              .map(r -> doubted ? r.distrusted() : r)
              .or(() -> row.map(r -> Records.unseen(r.torrent().content().pieces(), counters)));
      loop.execute(() -> {
        known.put(number, fresh);
        told.accept(resume);
      });
    } catch (StateException e) {
      LOG.log(
          System.Logger.Level.WARNING, "progress of a torrent cannot be read: " + e.getMessage());
      loop.execute(() -> told.accept(Optional.empty()));
    }
  }

  @Override
  public void intend(InfoHashes torrent, Command.Files change, Consumer<Optional<Fault>> told) {
    Long number = numbers.get(torrent);
    if (number == null) {
      told.accept(Optional.empty());
    } else {
      then(
          store.places().intend(number, from -> KeptChanges.record(change, from)),
          "client-intended",
          told);
    }
  }

  @Override
  public void moved(
      InfoHashes torrent,
      Optional<String> folder,
      Map<Integer, List<String>> renamed,
      Optional<RootIdentity> root,
      Consumer<Optional<Fault>> told) {
    FaultPoint.pass("client-moved");
    Long number = numbers.get(torrent);
    if (number == null) {
      told.accept(Optional.empty());
      return;
    }
    List<RenamedFile> files = KeptChanges.renamed(renamed);
    // What is recorded of progress from here on comes after this, and has the same paths.
    known.computeIfPresent(number, (n, before) -> new Known(before.counters(), files, root));
    CompletionStage<?> write = store.places().moved(number, folder, files, root.map(Records::root));
    lastWrites.put(number, write);
    then(write, "client-placed", told);
  }

  @Override
  public void settled(InfoHashes torrent, Runnable told) {
    Long number = numbers.get(torrent);
    if (number == null) {
      told.run();
    } else {
      then(store.places().settle(number), "client-settled", fault -> told.run());
    }
  }

  @Override
  public void erased(InfoHashes torrent, Runnable told) {
    FaultPoint.pass("client-erased");
    Long number = numbers.remove(torrent);
    if (number == null) {
      told.run();
    } else {
      then(store.remove(number), "client-forgotten", fault -> told.run());
    }
  }

  /** Tells on the loop how a write ended. */
  private void then(CompletionStage<?> write, String point, Consumer<Optional<Fault>> told) {
    write.whenComplete((done, failure) -> {
      FaultPoint.pass(point);
      Optional<Fault> fault =
          Optional.ofNullable(failure)
              .map(f -> new Fault(Fault.Kind.IO, "it cannot be recorded: " + f.getMessage()));
      loop.execute(() -> told.accept(fault));
    });
  }

  @Override
  public void forget(InfoHashes torrent) {
    // The store forgot it when the user's wish was recorded.
  }

  /** Says so once when records cannot be written; the store keeps trying with the next. */
  private void watch(long number, CompletionStage<?> write) {
    lastWrites.put(number, write);
    write.whenComplete((done, failure) -> {
      if (failure != null && !isOfRemoved(failure)) {
        loop.execute(() -> failed(failure));
      }
    });
  }

  /** Whether a last record came after the torrent's removal, which is as it should be. */
  private static boolean isOfRemoved(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof StateException state
        && state.kind() == StateException.Kind.UNKNOWN_TORRENT;
  }

  private void failed(@Nullable Throwable failure) {
    if (!failing) {
      failing = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "progress cannot be recorded: " + (failure == null ? "" : failure.getMessage()));
    }
  }
}
