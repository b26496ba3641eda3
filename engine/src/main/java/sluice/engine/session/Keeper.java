package sluice.engine.session;

import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.torrent.Done;
import sluice.engine.torrent.Resume;
import sluice.engine.torrent.Totals;
import sluice.protocol.metainfo.InfoHashes;

/**
 * Remembers how far torrents are, from one run to the next. Called on the loop and must not block;
 * what it records of one torrent takes effect in the order of the calls.
 */
public interface Keeper {
  /** One that remembers as long as it lives, so that what was stopped is not checked anew. */
  static Keeper inMemory() {
    return new MemoryKeeper();
  }

  /** Whether it outlives the process: then data are forced to the device before it is told. */
  boolean isDurable();

  /** The piece was verified and written; it is doubtful until a checkpoint that has it. */
  void written(InfoHashes torrent, int piece);

  /** So far the torrent is. Pieces that were written and are not in it stay doubtful. */
  void checkpoint(InfoHashes torrent, Resume resume, Done done);

  /** What the torrent has done; nothing else has changed. */
  void counters(InfoHashes torrent, Totals totals, Done done);

  /** Tells on the loop, at once or later, what is known of the torrent. */
  void recall(InfoHashes torrent, Consumer<Optional<Resume>> told);

  /** Which torrents have which contents; by default nothing is known of that. */
  default ContentIndex contents() {
    return ContentIndex.none();
  }

  /** The torrent was removed. */
  void forget(InfoHashes torrent);
}
