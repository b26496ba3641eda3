package sluice.engine.session;

import java.util.List;
import java.util.function.Consumer;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;

/**
 * Remembers which contents torrents have, to find those with common files. Called on the loop and
 * must not block.
 */
public interface ContentIndex {
  /** Most torrents that are told of at a time. */
  int MAX_TOLD = 16;

  /** One that remembers as long as it lives. */
  static ContentIndex inMemory() {
    return new MemoryIndex();
  }

  /** One that knows of nothing. */
  static ContentIndex none() {
    return new ContentIndex() {
      @Override
      public void meet(Metainfo torrent, Consumer<List<InfoHashes>> told) {
        told.accept(List.of());
      }

      @Override
      public void forget(InfoHashes torrent) {}
    };
  }

  /**
   * Notes {@code torrent} and tells, once, on the loop, at once or later, which others may have
   * common content with it, those with the largest common files first. What fails tells of none.
   */
  void meet(Metainfo torrent, Consumer<List<InfoHashes>> told);

  /** The torrent was removed. */
  void forget(InfoHashes torrent);
}
