package sluice.engine.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.torrent.Done;
import sluice.engine.torrent.Resume;
import sluice.engine.torrent.Totals;
import sluice.protocol.metainfo.InfoHashes;

/**
 * Remembers as long as the engine lives, so that a torrent that was stopped is not checked anew.
 */
final class MemoryKeeper implements Keeper {
  private final Map<InfoHashes, Resume> kept = new HashMap<>();
  private final ContentIndex contents = ContentIndex.inMemory();

  @Override
  public boolean isDurable() {
    return false;
  }

  /** Without checkpoints in between, a run that did not end well leaves nothing to trust. */
  @Override
  public void written(InfoHashes torrent, int piece) {
    kept.computeIfPresent(
        torrent, (t, resume) -> resume.isTrusted() ? resume.distrusted() : resume);
  }

  @Override
  public void checkpoint(InfoHashes torrent, Resume resume, Done done) {
    kept.put(torrent, resume);
  }

  @Override
  public void counters(InfoHashes torrent, Totals totals, Done done) {
    Resume before = kept.get(torrent);
    if (before != null) {
      kept.put(torrent, before.totals(totals));
    }
  }

  @Override
  public void recall(InfoHashes torrent, Consumer<Optional<Resume>> told) {
    told.accept(Optional.ofNullable(kept.get(torrent)));
  }

  @Override
  public ContentIndex contents() {
    return contents;
  }

  @Override
  public void forget(InfoHashes torrent) {
    kept.remove(torrent);
    contents.forget(torrent);
  }
}
