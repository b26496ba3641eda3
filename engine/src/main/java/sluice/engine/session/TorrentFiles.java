package sluice.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sluice.engine.pick.PickOptions;
import sluice.engine.pick.Priority;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.PieceSet;

/**
 * The files of a torrent at one moment, and what is wanted of it.
 *
 * @param torrent its identity
 * @param picking what is wanted and in which order
 * @param downBytesPerSecond receive limit of the torrent; 0 for none
 * @param upBytesPerSecond send limit of the torrent; 0 for none
 * @param files in torrent order, with pads
 */
public record TorrentFiles(
    InfoHashes torrent,
    PickOptions picking,
    long downBytesPerSecond,
    long upBytesPerSecond,
    List<TorrentFile> files) {

  public TorrentFiles {
    files = List.copyOf(files);
  }

  /**
   * One of them.
   *
   * @param path below the folder, as it is called on disk
   * @param lengthBytes of it
   * @param doneBytes of it in verified pieces
   * @param priority of it
   * @param pad whether it only fills a piece and is not on disk (BEP 47)
   */
  public record TorrentFile(
      List<String> path, long lengthBytes, long doneBytes, Priority priority, boolean pad) {}

  static TorrentFiles of(
      TorrentSpec spec, Info info, Map<Integer, List<String>> renamed, PieceSet have) {
    List<TorrentFile> files = new ArrayList<>(info.files().size());
    for (int i = 0; i < info.files().size(); i++) {
      FileEntry file = info.files().get(i);
      files.add(
          new TorrentFile(
              renamed.getOrDefault(i, file.path()),
              file.length(),
              done(file, info.layout(), have),
              spec.picking().files().of(i),
              file.isPad()));
    }
    return new TorrentFiles(
        info.hashes(), spec.picking(), spec.downBytesPerSecond(), spec.upBytesPerSecond(), files);
  }

  private static long done(FileEntry file, PieceLayout layout, PieceSet have) {
    if (!file.hasData()) {
      return 0;
    }
    long done = 0;
    int last = Math.min(layout.lastPiece(file), have.size() - 1);
    for (int p = have.nextSet(layout.firstPiece(file)); p >= 0 && p <= last; ) {
      long from = Math.max(file.offset(), (long) p * layout.pieceLength());
      long to = Math.min(file.offset() + file.length(), (long) (p + 1) * layout.pieceLength());
      done += to - from;
      p = have.nextSet(p + 1);
    }
    return done;
  }
}
