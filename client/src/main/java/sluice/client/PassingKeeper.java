package sluice.client;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.port.Fault;
import sluice.engine.port.RootIdentity;
import sluice.engine.session.ContentIndex;
import sluice.engine.session.Keeper;
import sluice.engine.torrent.Done;
import sluice.engine.torrent.Resume;
import sluice.engine.torrent.Totals;
import sluice.protocol.metainfo.InfoHashes;
import sluice.storage.file.Place;

/** Remembers progress, and where files were brought, until the client ends. Loop only. */
final class PassingKeeper implements Keeper {
  private final Keeper progress;
  private final Map<InfoHashes, Place> places = new HashMap<>();

  PassingKeeper(Keeper progress) {
    this.progress = progress;
  }

  /** Where the files of a torrent are that was added with {@code options}. */
  Place place(InfoHashes torrent, AddOptions options) {
    return places.computeIfAbsent(torrent, t -> options.place());
  }

  @Override
  public void moved(
      InfoHashes torrent,
      Optional<String> folder,
      Map<Integer, List<String>> renamed,
      Optional<RootIdentity> root,
      Consumer<Optional<Fault>> told) {
    places.computeIfPresent(
        torrent,
        (t, before) -> {
          Path now = folder.map(Path::of).orElse(before.folder());
          return Place.of(now).allocation(before.allocation()).renamed(renamed);
        });
    told.accept(Optional.empty());
  }

  @Override
  public ContentIndex contents() {
    return progress.contents();
  }

  @Override
  public boolean isDurable() {
    return progress.isDurable();
  }

  @Override
  public void written(InfoHashes torrent, int piece) {
    progress.written(torrent, piece);
  }

  @Override
  public void checkpoint(InfoHashes torrent, Resume resume, Done done) {
    progress.checkpoint(torrent, resume, done);
  }

  @Override
  public void counters(InfoHashes torrent, Totals totals, Done done) {
    progress.counters(torrent, totals, done);
  }

  @Override
  public void recall(InfoHashes torrent, Consumer<Optional<Resume>> told) {
    progress.recall(torrent, told);
  }

  @Override
  public void forget(InfoHashes torrent) {
    places.remove(torrent);
    progress.forget(torrent);
  }
}
