package sluice.client;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sluice.protocol.metainfo.InfoHashes;

/**
 * What the state folder says of a torrent besides its data.
 *
 * @param torrent its identity
 * @param name of it, as the user calls it
 * @param sizeBytes of all its data; -1 as long as the metadata of a magnet have not come
 * @param options how it was added, with what was changed since; of files nothing is said
 * @param added when it was added
 * @param completed when it was complete for the first time
 * @param lastActive when data came or went for the last time, as it was recorded
 * @param active how long it has run
 * @param category one word of the user's; empty for none
 * @param tags more of them
 */
public record TorrentRecord(
    InfoHashes torrent,
    String name,
    long sizeBytes,
    AddOptions options,
    Instant added,
    Optional<Instant> completed,
    Optional<Instant> lastActive,
    Duration active,
    String category,
    List<String> tags) {

  /** Most tags of a torrent. */
  public static final int MAX_TAGS = 256;

  /** Longest category or tag. */
  public static final int MAX_LABEL_CHARS = 256;

  public TorrentRecord {
    tags = List.copyOf(tags);
  }

  /** The folder that its files are in. */
  public Path folder() {
    return options.folder();
  }
}
