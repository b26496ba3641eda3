package sluice.engine.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Storage;
import sluice.engine.sibling.Lender;
import sluice.engine.torrent.Resume;
import sluice.engine.torrent.Torrent;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

/**
 * Brings torrents of the session together that have common content or files at the same place, when
 * one of them begins. Loop only.
 */
final class Exchange {
  /** How long a torrent waits for those with common content before it asks peers. */
  private static final long WAIT_NANOS = 2_000_000_000L;

  private final Loop loop;
  private final Keeper keeper;
  private final Function<InfoHashes, @Nullable Entry> entries;

  /** Torrents that the index may not know yet. */
  private final Set<InfoHashes> arriving = new LinkedHashSet<>();

  /** What is open of torrents that do not run. */
  private final Map<InfoHashes, List<Lender>> opened = new LinkedHashMap<>();

  Exchange(Loop loop, Keeper keeper, Function<InfoHashes, @Nullable Entry> entries) {
    this.loop = loop;
    this.keeper = keeper;
    this.entries = entries;
  }

  /** The torrent is about to begin: {@code go} lets it, once it knows of the others. */
  void meet(Torrent torrent, boolean download, Runnable go) {
    boolean fetches = download && !torrent.picker().isComplete();
    Meeting meeting = new Meeting(this, torrent, fetches, fetches ? go : () -> {});
    if (fetches) {
      loop.after(WAIT_NANOS, meeting::hurry);
    } else {
      go.run();
    }
    InfoHashes name = torrent.hashes();
    arriving.add(name);
    keeper
        .contents()
        .meet(
            torrent.metainfo(),
            meeting.paths(),
            found -> {
              arriving.remove(name);
              meeting.found(found);
            });
  }

  /**
   * Notes where a torrent's files are and tells, once, which of them are others', too, with the
   * reason for people.
   */
  void places(Metainfo metainfo, List<String> paths, Consumer<Map<Integer, String>> told) {
    SamePlaces same = new SamePlaces(metainfo.info(), paths);
    PlaceLook look = new PlaceLook(this, same, told);
    Set<InfoHashes> others = new LinkedHashSet<>(arriving);
    others.remove(metainfo.info().hashes());
    keeper
        .contents()
        .meet(
            metainfo,
            same.paths(),
            found -> {
              others.addAll(found.places());
              look.at(others);
            });
  }

  /** The torrent {@code name}, if it is there to stay. */
  Optional<Entry> entry(InfoHashes name) {
    return Optional.ofNullable(entries.apply(name)).filter(e -> !e.isLeaving());
  }

  /**
   * Tells what is known of the data of {@code entry}, which are open as {@code storage}, as
   * something to borrow from; nothing if there is nothing, and then {@code storage} is closed.
   */
  void lend(Entry entry, Metainfo metainfo, Storage storage, Consumer<Optional<Lender>> told) {
    keeper.recall(
        entry.hashes(),
        known -> {
          Optional<Resume> some = known.filter(r -> !r.have().isEmpty());
          if (some.isEmpty() || entry.isLeaving() || entry.torrent().isPresent()) {
            close(storage);
            told.accept(Optional.empty());
          } else {
            told.accept(Optional.of(lender(entry.hashes(), metainfo, storage, some.get())));
          }
        });
  }

  private Lender lender(InfoHashes name, Metainfo metainfo, Storage storage, Resume known) {
    List<Lender> open = opened.computeIfAbsent(name, n -> new ArrayList<>(1));
    Lender[] made = new Lender[1];
    made[0] =
        new Lender(
            metainfo.info(),
            known.have(),
            storage,
            false,
            List::of,
            () -> {
              open.remove(made[0]);
              opened.remove(name, List.of());
              close(storage);
            });
    open.add(made[0]);
    return made[0];
  }

  /** The torrent was removed: its data are read no longer. */
  void gone(InfoHashes torrent) {
    List<Lender> open = opened.remove(torrent);
    if (open != null) {
      List.copyOf(open).forEach(Lender::close);
    }
  }

  /** Ends a storage that was only read. */
  static void close(Storage storage) {
    storage.close(
        new Storage.DoneHandler() {
          @Override
          public void onDone() {}

          @Override
          public void onFault(Fault fault) {}
        });
  }
}
