package sluice.state.record;

import sluice.protocol.metainfo.InfoHashes;

/**
 * A torrent as the user knows it. {@code queueOrder} sorts those that are queued, smallest first.
 * Text is at most {@link #MAX_TEXT_CHARS} long.
 */
public record Torrent(
    InfoHashes hashes,
    String name,
    Content content,
    long addedMillis,
    Wanted wanted,
    long queueOrder,
    String savePath,
    TorrentOptions options) {

  /** Longest name, path, category or tag. */
  public static final int MAX_TEXT_CHARS = 32_767;

  public Torrent {
    if (name.length() > MAX_TEXT_CHARS || savePath.length() > MAX_TEXT_CHARS) {
      throw new IllegalArgumentException("the name or the path is too long");
    }
  }

  /** The same under another name. */
  public Torrent withName(String changed) {
    return new Torrent(
        hashes, changed, content, addedMillis, wanted, queueOrder, savePath, options);
  }

  /** The same in another folder. */
  public Torrent withSavePath(String changed) {
    return new Torrent(hashes, name, content, addedMillis, wanted, queueOrder, changed, options);
  }

  /** The same when the user wants it to do something else. */
  public Torrent withWanted(Wanted changed) {
    return withWanted(changed, queueOrder);
  }

  /** The same at another place among the queued. */
  public Torrent withQueueOrder(long order) {
    return withWanted(wanted, order);
  }

  /** The same with other wishes. */
  public Torrent withWanted(Wanted changed, long order) {
    return new Torrent(hashes, name, content, addedMillis, changed, order, savePath, options);
  }

  /** The same with other options. */
  public Torrent withOptions(TorrentOptions changed) {
    return new Torrent(hashes, name, content, addedMillis, wanted, queueOrder, savePath, changed);
  }

  /** The same after its metadata came. */
  public Torrent withMetadata(InfoHashes all, String theirName, Content known) {
    return new Torrent(all, theirName, known, addedMillis, wanted, queueOrder, savePath, options);
  }
}
