package sluice.daemon.creation;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sluice.daemon.web.Problem;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.metainfo.PieceLayout;

/**
 * What torrent is wanted.
 *
 * @param source file or folder
 * @param version of the protocol
 * @param pieceLength bytes; 0 for one that fits
 * @param isPrivate whether peers may come from trackers only
 * @param trackers in tiers
 * @param webSeeds their addresses
 * @param comment for people
 * @param origin where it belongs; the same data with another one is another torrent
 * @param file to which it is written, too
 * @param seed whether it is added when it is made
 */
public record Order(
    Path source,
    MetainfoBuilder.Version version,
    int pieceLength,
    boolean isPrivate,
    List<List<String>> trackers,
    List<String> webSeeds,
    String comment,
    String origin,
    Optional<Path> file,
    boolean seed) {
  private static final int MIN_PIECE_BYTES = 16_384;
  private static final int MAX_URLS = 1_000;
  private static final int MAX_CHARS = 4_096;

  public Order {
    trackers = trackers.stream().map(List::copyOf).toList();
    webSeeds = List.copyOf(webSeeds);
    boolean power = Integer.bitCount(pieceLength) <= 1;
    if (!power || (pieceLength != 0 && pieceLength < MIN_PIECE_BYTES)) {
      throw Problem.bad("a piece has a power of two of bytes, at least 16384");
    } else if (pieceLength > PieceLayout.MAX_PIECE_LENGTH) {
      throw Problem.bad("a piece has at most " + PieceLayout.MAX_PIECE_LENGTH + " bytes");
    }
    long urls = trackers.stream().mapToLong(List::size).sum() + webSeeds.size();
    if (urls > MAX_URLS || comment.length() + origin.length() > MAX_CHARS) {
      throw Problem.bad("too many addresses, or too long a comment");
    }
  }

  /** Tells {@code builder} all of it. */
  void configure(MetainfoBuilder builder) {
    builder
        .version(version)
        .pieceLength(pieceLength)
        .isPrivate(isPrivate)
        .trackers(trackers)
        .webSeeds(webSeeds);
    if (!comment.isEmpty()) {
      builder.comment(comment);
    }
    if (!origin.isEmpty()) {
      builder.source(origin);
    }
  }
}
