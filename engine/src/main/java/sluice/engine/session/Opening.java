package sluice.engine.session;

import java.util.Optional;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.engine.torrent.Resume;
import sluice.protocol.metainfo.Metainfo;

/**
 * The way of an entry from its source to its run: what is remembered is asked for, and whether what
 * stopped it before has passed. Loop only.
 */
final class Opening implements TorrentSource.Handler {
  private final Entry entry;
  private final EntryOwner owner;
  private final Trouble trouble;
  private final TorrentSource asked;

  Opening(Entry entry, EntryOwner owner, Trouble trouble) {
    this.entry = entry;
    this.owner = owner;
    this.trouble = trouble;
    this.asked = entry.spec().source();
  }

  void start() {
    asked.open(this);
  }

  @Override
  public void onOpened(Metainfo metainfo, Storage storage) {
    owner.recall(
        entry,
        known ->
            recalled(
                metainfo, storage, entry.isDistrusted() ? known.map(Resume::distrusted) : known));
  }

  private void recalled(Metainfo metainfo, Storage storage, Optional<Resume> resume) {
    Optional<Fault> before = trouble.fault();
    if (isWanted() && before.isPresent()) {
      storage.probe(
          new Revival(
              before.get(),
              metainfo.info().layout(),
              resume,
              passed -> {
                trouble.looked(passed);
                end(metainfo, storage, resume);
              }));
    } else {
      end(metainfo, storage, resume);
    }
  }

  private boolean isWanted() {
    return entry.mayRun() && asked.equals(entry.spec().source());
  }

  private void end(Metainfo metainfo, Storage storage, Optional<Resume> resume) {
    if (isWanted()) {
      entry.run(metainfo, storage, resume, Optional.empty());
    } else {
      trouble.tried();
      storage.close(new Unused());
    }
  }

  @Override
  public void onFault(Fault cause) {
    entry.endedWith(cause);
  }

  /** The end of a storage that was opened in vain. */
  private final class Unused implements Storage.DoneHandler {
    @Override
    public void onDone() {
      entry.idle();
    }

    @Override
    public void onFault(Fault cause) {
      entry.endedWith(cause);
    }
  }
}
