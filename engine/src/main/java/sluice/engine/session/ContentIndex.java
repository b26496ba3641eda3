package sluice.engine.session;

import java.util.List;
import java.util.function.Consumer;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

/**
 * Remembers which contents torrents have and where, to find those with common files. Called on the
 * loop and must not block.
 */
public interface ContentIndex {
  /** Most torrents of a kind that are told of at a time. */
  int MAX_TOLD = 16;

  /**
   * Other torrents that may concern one.
   *
   * @param places those that may have a file at the same place
   * @param contents those that may have common content, those with the largest common files first
   */
  record Neighbours(List<InfoHashes> places, List<InfoHashes> contents) {
    /** Nobody. */
    public static final Neighbours NONE = new Neighbours(List.of(), List.of());

    public Neighbours {
      places = List.copyOf(places);
      contents = List.copyOf(contents);
    }
  }

  /** One that remembers as long as it lives. */
  static ContentIndex inMemory() {
    return new MemoryIndex();
  }

  /** One that knows of nothing. */
  static ContentIndex none() {
    return new ContentIndex() {
      @Override
      public void meet(Metainfo torrent, List<String> paths, Consumer<Neighbours> told) {
        told.accept(Neighbours.NONE);
      }

      @Override
      public void forget(InfoHashes torrent) {}
    };
  }

  /**
   * Notes {@code torrent} and tells, once, on the loop, at once or later, which others may concern
   * it. What fails tells of none.
   *
   * @param paths places of its files, see {@link sluice.engine.port.Storage#paths}
   */
  void meet(Metainfo torrent, List<String> paths, Consumer<Neighbours> told);

  /** The torrent was removed. */
  void forget(InfoHashes torrent);
}
