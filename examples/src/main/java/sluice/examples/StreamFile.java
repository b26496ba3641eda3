package sluice.examples;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import sluice.client.FileStream;
import sluice.client.TorrentHandle;
import sluice.protocol.metainfo.FileEntry;

/** Plays the largest file of a torrent while it downloads. */
public final class StreamFile {
  private StreamFile() {}

  /**
   * Gives {@code player} the file from the byte {@code from} on. What comes next is fetched first,
   * so that playing begins at once and goes on as fast as peers send.
   */
  public static void play(TorrentHandle torrent, long from, OutputStream player)
      throws IOException {
    List<FileEntry> files = torrent.metainfo().orElseThrow().info().files();
    int largest =
        IntStream.range(0, files.size())
            .filter(i -> files.get(i).hasData())
            .boxed()
            .max(Comparator.comparingLong(i -> files.get(i).length()))
            .orElseThrow();
    try (FileStream stream = torrent.stream(largest)) {
      stream.seek(from);
      stream.transferTo(player);
    }
  }
}
