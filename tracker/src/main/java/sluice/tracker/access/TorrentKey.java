package sluice.tracker.access;

import java.nio.ByteBuffer;
import sluice.tracker.swarm.Visit;

/**
 * An info-hash as numbers.
 *
 * @param first bytes 0 to 7
 * @param second bytes 8 to 15
 * @param third bytes 16 to 19
 */
record TorrentKey(long first, long second, int third) {
  static TorrentKey of(Visit visit) {
    return new TorrentKey(visit.hashFirst(), visit.hashSecond(), visit.hashThird());
  }

  static TorrentKey of(byte[] hash) {
    ByteBuffer bytes = ByteBuffer.wrap(hash);
    return new TorrentKey(bytes.getLong(), bytes.getLong(), bytes.getInt());
  }
}
