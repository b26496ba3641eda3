package sluice.engine.port;

import java.util.List;
import java.util.Map;

/**
 * Changes of where a torrent's files are. Call on the loop, one change at a time; writes that are
 * asked for meanwhile wait, reads go on. Only files of the torrent are touched, links are not
 * followed, and nothing of others is replaced.
 *
 * <p>A change is to be written down by the caller before it is asked for. After a crash in between
 * the same change is asked for again: what was done already is found done.
 */
public interface Relocation {
  /**
   * Puts the files below another folder.
   *
   * @param folder as the adapter understands it; a path in the program
   * @return to give up: the old place is used then
   */
  Running move(String folder, MoveHandler handler);

  /**
   * Uses what is below another folder, which is there, from here on. Files at the old place are
   * left, and nothing that is known of them holds for those at the other one.
   *
   * @param folder as the adapter understands it; a path in the program
   */
  void find(String folder, Storage.DoneHandler handler);

  /**
   * Gives a file another path below the folder.
   *
   * @param file index in torrent order
   * @param path safe elements that no other file of the torrent has
   */
  void renameFile(int file, List<String> path, Storage.DoneHandler handler);

  /** Gives all files whose paths start with {@code from} paths that start with {@code to}. */
  void renameFolder(List<String> from, List<String> to, Storage.DoneHandler handler);

  /** The paths that differ from those of the torrent, by index of the file. */
  Map<Integer, List<String>> renamed();

  /**
   * Deletes the torrent's own files and links, then the folders of the torrent that are empty.
   * Afterwards the storage can only be closed.
   */
  void delete(Storage.DoneHandler handler);

  /** Receives the outcome of {@link #move}. */
  interface MoveHandler {
    /** Told from time to time. */
    void onProgress(long movedBytes, long totalBytes);

    /**
     * The storage uses the new place, where everything is whole and forced to the device. The old
     * place is whole too, until {@code leftover} is deleted: after the caller has written down the
     * new place.
     */
    void onMoved(Leftover leftover);

    /** The old place is used as before. {@link Fault.Kind#CANCELLED} when it was given up. */
    void onFault(Fault fault);
  }

  /** What a move left behind. */
  interface Leftover {
    /** Deletes it. */
    void delete(Storage.DoneHandler handler);
  }
}
