package sluice.daemon.shelf;

import java.util.List;
import java.util.Optional;
import sluice.client.TorrentRecord;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.InfoHashes;

/**
 * A torrent as the APIs show it.
 *
 * @param number names it until the daemon ends; never given twice
 * @param record what is written down
 * @param now what it does
 * @param facts what its torrent file says, once it was looked at
 * @param revision of the shelf at which it changed last
 * @param shape revision at which anything changed but its figures
 * @param changedMillis when that was
 * @param activeMillis when data came or went for the last time; 0 for never
 * @param completedMillis when it was complete; 0 for never
 */
public record Item(
    int number,
    TorrentRecord record,
    TorrentSnapshot now,
    Optional<Facts> facts,
    long revision,
    long shape,
    long changedMillis,
    long activeMillis,
    long completedMillis) {
  /** Stands for a time that nobody knows. */
  public static final long UNKNOWN_SECONDS = -1;

  /** It when it was complete at {@code millis} for the first time. */
  Item completedAt(long millis) {
    return new Item(
        number, record, now, facts, revision, shape, changedMillis, activeMillis, millis);
  }

  /** It, of which what is written is as {@code before}: at the most its figures have changed. */
  Item sinceShapeOf(Item before) {
    boolean same =
        before.now().phase() == now.phase()
            && before.now().fault().equals(now.fault())
            && before.now().place().equals(now.place())
            && before.isComplete() == isComplete();
    return same
        ? new Item(
            number,
            record,
            now,
            facts,
            revision,
            before.shape(),
            changedMillis,
            activeMillis,
            completedMillis)
        : this;
  }

  /** Its identity. */
  public InfoHashes torrent() {
    return now.torrent();
  }

  /** Its name in forty digits: the hash of its first version, or the beginning of the second's. */
  public String hash() {
    return hash(torrent());
  }

  static String hash(InfoHashes hashes) {
    return hashes.v1().or(() -> hashes.v2().map(Hash::truncated)).orElseThrow().hex();
  }

  /** All names that it may be asked for by. */
  List<String> hashes() {
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(hash()),
            java.util.stream.Stream.concat(torrent().v1().stream(), torrent().v2().stream())
                .map(Hash::hex))
        .distinct()
        .toList();
  }

  /** Bytes of all files; 0 as long as they are not known. */
  public long totalBytes() {
    return Math.max(0, record.sizeBytes());
  }

  /** Whether all that is wanted is there. */
  public boolean isComplete() {
    return hasMetadata() && now.wantedBytes() > 0 && now.haveBytes() >= now.wantedBytes();
  }

  /** Whether its files are known. */
  public boolean hasMetadata() {
    return record.sizeBytes() >= 0;
  }

  /** How much of what is wanted is there, from 0 to 1. */
  public double progress() {
    return !hasMetadata() || now.wantedBytes() == 0
        ? 0
        : Math.min(1, (double) now.haveBytes() / now.wantedBytes());
  }

  /** Bytes that are wanted; all of them as long as nobody has looked at the torrent. */
  public long wantedBytes() {
    return !hasMetadata() ? 0 : now.pieces() == 0 ? totalBytes() : now.wantedBytes();
  }

  /** Wanted bytes that are missing. */
  public long missingBytes() {
    return Math.max(0, wantedBytes() - now.haveBytes());
  }

  /** What was given relative to what was taken, or to what is there if nothing was. */
  public double ratio() {
    long base = Math.max(now.downloaded(), now.haveBytes());
    return base == 0 ? 0 : (double) now.uploaded() / base;
  }

  /** When it will be complete, in seconds from here on; {@link #UNKNOWN_SECONDS} if it will not. */
  public long etaSeconds() {
    return missingBytes() == 0 || now.downRate() == 0
        ? UNKNOWN_SECONDS
        : missingBytes() / now.downRate();
  }
}
