package sluice.engine.session;

import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.port.Storage;
import sluice.engine.torrent.Beginning;
import sluice.engine.torrent.Resume;
import sluice.engine.torrent.Torrent;
import sluice.protocol.metainfo.Metainfo;

/** What an {@link Entry} needs of the session. Loop only. */
interface EntryOwner {
  /** Tells, at once or later, what is remembered of the entry's data. */
  void recall(Entry entry, Consumer<Optional<Resume>> told);

  /** What remembers. */
  Keeper keeper();

  /** Knows of other torrents at the same places. */
  Exchange exchange();

  /** Whether {@code entry}, which stands closed, may be opened at once; else it will be told. */
  boolean mayOpen(Entry entry);

  /** Decides when entries are opened and closed. */
  Openings openings();

  /** Makes a run of {@code entry}; it is started by the entry. */
  Torrent run(Entry entry, Metainfo metainfo, Storage storage, Optional<Beginning> beginning);

  /** Makes what fetches the metadata of {@code entry}; it is started by the entry. */
  Fetching fetch(Entry entry, MagnetSource source);

  /**
   * The metadata of {@code entry} are there. False if it is another torrent that is there.
   *
   * @param spec the entry as it is to be from here on
   */
  boolean onFetched(Entry entry, TorrentSpec spec);

  /** It fetches no longer. */
  void onFetchEnded(Fetching fetching);

  /** The run has closed its files. */
  void onEnded(Torrent torrent);

  /** What people see of it has changed. */
  void onChanged(Entry entry);

  /** Tells people. */
  void tell(EngineEvent event);

  /** It left. */
  void onGone(Entry entry);
}
