package sluice.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Presence;
import sluice.engine.port.Storage;
import sluice.engine.session.Command;
import sluice.engine.session.TorrentSnapshot;
import sluice.engine.session.TorrentSource;
import sluice.engine.torrent.Done;
import sluice.engine.torrent.Resume.Seen;
import sluice.engine.torrent.Totals;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.state.StateStore;
import sluice.state.fault.StateException;
import sluice.state.record.FilePriorities;
import sluice.state.record.PlaceChange;
import sluice.state.record.RenamedFile;
import sluice.state.record.Resume;
import sluice.state.record.Source;
import sluice.state.record.TorrentRow;
import sluice.storage.file.Disk;
import sluice.storage.file.Place;

/**
 * A torrent of the store, read when it begins to run. Called on the loop; reads elsewhere.
 *
 * @param unfinished a change of its files that a crash interrupted
 */
record StoreSource(
    StateStore store,
    long number,
    Optional<Summary> summary,
    Optional<Command.Files> unfinished,
    Disk disk,
    Loop loop)
    implements TorrentSource {

  /** What the list of torrents told at the start. */
  record Summary(int pieces, long sizeBytes, Done done, Totals totals, boolean clean) {}

  /** Only what a clean end has left is trusted unseen. */
  @Override
  public boolean waits() {
    return summary
        .filter(s -> s.clean() && s.pieces() > 0 && s.done().pieces() == s.pieces())
        .isPresent();
  }

  @Override
  public boolean isKept() {
    return true;
  }

  @Override
  public TorrentSnapshot known(InfoHashes hashes) {
    return summary
        .map(s -> TorrentSnapshot.known(hashes, s.pieces(), s.sizeBytes(), s.done(), s.totals()))
        .orElseGet(() -> TorrentSource.super.known(hashes));
  }

  @Override
  public void open(Handler handler) {
    Thread.ofVirtual().name("open-torrent").start(() -> read(handler, false));
  }

  @Override
  public void openUnfinished(Handler handler) {
    Thread.ofVirtual().name("open-torrent").start(() -> read(handler, true));
  }

  private void read(Handler handler, boolean again) {
    try {
      Optional<TorrentRow> row = store.reads().row(number);
      Optional<Source> source = store.reads().source(number);
      if (row.isEmpty() || !(source.orElse(null) instanceof Source.Metainfo file)) {
        fail(handler, Fault.Kind.MISSING, "the torrent file is missing in the state folder");
        return;
      }
      Metainfo metainfo = MetainfoParser.parse(file.bytes());
      Optional<Resume> resume = store.reads().resume(number);
      Place place =
          KeptOptions.of(row.get().torrent(), FilePriorities.ORDINARY)
              .place()
              .renamed(renamed(resume.map(Resume::renamed).orElse(List.of())));
      boolean begun = !store.reads().journal(number).isEmpty();
      Optional<Seen> seen = resume.flatMap(r -> seen(r, begun));
      if (again) {
        openAgain(handler, metainfo, place, seen);
      } else {
        open(handler, metainfo, place, seen);
      }
    } catch (MetainfoException e) {
      fail(handler, Fault.Kind.IO, "the torrent file in the state folder: " + e.getMessage());
    } catch (StateException | IOException e) {
      fail(handler, Fault.Kind.IO, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Opens it where the interrupted change began. If a move is recorded already, only what it left
   * behind is to be deleted, and only if the files are known to be at the new place.
   */
  private void openAgain(Handler handler, Metainfo metainfo, Place place, Optional<Seen> seen)
      throws IOException {
    if (!(store.reads().change(number).orElse(null)
            instanceof PlaceChange.Move(String from, String to))
        || from.equals(to)
        || !place.folder().equals(Path.of(to))) {
      open(handler, metainfo, place.afterCrash(), seen);
    } else if (seen.map(Seen::root).equals(Place.identityOf(place.folder()))) {
      Place old = Place.of(Path.of(from)).renamed(place.renamed()).afterCrash();
      loop.execute(() -> handler.onOpened(metainfo, disk.open(metainfo.info(), old, loop)));
    } else {
      store
          .places()
          .settle(number)
          .whenComplete((done, failure) ->
              fail(handler, Fault.Kind.CANCELLED, "what a move left behind may still be there"));
    }
  }

  /** How the files looked, if anything was written to them. */
  private static Optional<Seen> seen(Resume resume, boolean begun) {
    boolean written = begun || !resume.have().isEmpty() || !resume.unfinished().isEmpty();
    return written ? Records.seen(resume) : Optional.empty();
  }

  private static Map<Integer, List<String>> renamed(List<RenamedFile> files) {
    return files.stream()
        .collect(
            Collectors.toMap(RenamedFile::file, f -> List.of(f.path().split("/")), (a, b) -> b));
  }

  /** A torrent with progress is not to begin anew in a folder that only has the same name. */
  private void open(Handler handler, Metainfo metainfo, Place place, Optional<Seen> seen)
      throws IOException {
    Info info = metainfo.info();
    if (seen.isEmpty()) {
      loop.execute(() -> handler.onOpened(metainfo, disk.open(info, place, loop)));
      return;
    }
    Place known = place.root(seen.get().root());
    boolean same = Place.identityOf(place.folder()).map(seen.get().root()::equals).orElse(true);
    loop.execute(() -> {
      if (same) {
        handler.onOpened(metainfo, disk.open(info, known, loop));
      } else {
        Storage other = disk.open(info, place, loop);
        Storage asBefore = disk.open(info, known, loop);
        other.probe(new Other(handler, metainfo, seen.get(), other, asBefore));
      }
    });
  }

  /**
   * Looks whether another folder has what the one before had, as after a move to another disk.
   *
   * @param other uses the folder that is there
   * @param asBefore says that the folder is absent
   */
  private record Other(
      Handler handler, Metainfo metainfo, Seen seen, Storage other, Storage asBefore)
      implements Storage.ProbeHandler {

    @Override
    public void onPresence(Presence presence) {
      boolean right = presence.against(seen.root(), seen.stamps()) != Presence.Verdict.ABSENT;
      Storage chosen = right ? other : asBefore;
      Runnable opened = () -> handler.onOpened(metainfo, chosen);
      (right ? asBefore : other).close(new Closed(opened));
    }

    @Override
    public void onFault(Fault fault) {
      other.close(new Closed(() -> handler.onOpened(metainfo, asBefore)));
    }
  }

  /** Goes on when a storage that nothing was done with is closed. */
  private record Closed(Runnable then) implements Storage.DoneHandler {
    @Override
    public void onDone() {
      then.run();
    }

    @Override
    public void onFault(Fault fault) {
      then.run();
    }
  }

  private void fail(Handler handler, Fault.Kind kind, String detail) {
    loop.execute(() -> handler.onFault(new Fault(kind, detail)));
  }
}
