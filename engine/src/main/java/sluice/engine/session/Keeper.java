package sluice.engine.session;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.port.Fault;
import sluice.engine.port.RootIdentity;
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

  /**
   * The files of the torrent are about to be changed; nothing is touched before {@code told} is
   * called, with what stands against it if anything does. After a crash it is {@link
   * TorrentSource#unfinished} until it is {@link #settled}.
   */
  default void intend(InfoHashes torrent, Command.Files change, Consumer<Optional<Fault>> told) {
    told.accept(Optional.empty());
  }

  /**
   * This is where the files of the torrent are; what they leave behind is deleted once {@code told}
   * is called without a fault.
   *
   * @param folder that they were brought to, if they were
   * @param renamed the paths that differ from those of the torrent, by index of the file
   * @param root of the folder that they are in, if that can be told
   */
  default void moved(
      InfoHashes torrent,
      Optional<String> folder,
      Map<Integer, List<String>> renamed,
      Optional<RootIdentity> root,
      Consumer<Optional<Fault>> told) {
    told.accept(Optional.empty());
  }

  /** What was intended is done, or will not be; {@code told} is called in any case. */
  default void settled(InfoHashes torrent, Runnable told) {
    told.run();
  }

  /** The files of the torrent are deleted: it is to be forgotten, as far as it can be at once. */
  default void erased(InfoHashes torrent, Runnable told) {
    told.run();
  }

  /** The torrent was removed. */
  void forget(InfoHashes torrent);
}
