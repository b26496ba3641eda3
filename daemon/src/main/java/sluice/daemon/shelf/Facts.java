package sluice.daemon.shelf;

import java.util.List;
import java.util.Optional;
import sluice.protocol.metainfo.Metainfo;

/**
 * The part of a torrent file that lists show.
 *
 * @param name that its author gave it
 * @param isPrivate whether peers come from trackers only
 * @param pieceLength bytes of a piece
 * @param pieces how many
 * @param files how many
 * @param trackers in tiers
 * @param webSeeds their URLs
 * @param comment of its author
 * @param createdBy program that made it
 * @param createdSeconds when it was made, since 1970
 */
public record Facts(
    String name,
    boolean isPrivate,
    int pieceLength,
    int pieces,
    int files,
    List<List<String>> trackers,
    List<String> webSeeds,
    String comment,
    String createdBy,
    Optional<Long> createdSeconds) {

  public Facts {
    trackers = List.copyOf(trackers);
    webSeeds = List.copyOf(webSeeds);
  }

  static Facts of(Metainfo metainfo) {
    return new Facts(
        metainfo.info().name(),
        metainfo.info().isPrivate(),
        metainfo.info().layout().pieceLength(),
        metainfo.info().layout().pieceCount(),
        metainfo.info().files().size(),
        metainfo.trackers(),
        metainfo.webSeeds(),
        metainfo.comment().orElse(""),
        metainfo.createdBy().orElse(""),
        metainfo.created().map(java.time.Instant::getEpochSecond));
  }

  /** The first tracker; empty if there is none. */
  public String tracker() {
    return trackers.stream().flatMap(List::stream).findFirst().orElse("");
  }
}
