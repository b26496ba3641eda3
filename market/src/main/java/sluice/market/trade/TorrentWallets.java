package sluice.market.trade;

import java.util.LinkedHashMap;
import java.util.Map;
import sluice.protocol.digest.Hash;

/**
 * The parts of a wallet, one for each torrent. What was spent for a torrent counts when it is
 * stopped and started again, too. Loop only.
 *
 * <p>Kept are parts of torrents that are open, or for which something was spent.
 */
final class TorrentWallets {
  private final Wallet whole;
  private final Map<Hash, Wallet> parts = new LinkedHashMap<>();
  private long limitMicros;

  /** Parts of {@code whole}, each of which may spend {@code limitMicros}. */
  TorrentWallets(Wallet whole, long limitMicros) {
    this.whole = whole;
    this.limitMicros = limitMicros;
  }

  /** The part of a torrent. */
  Wallet of(Hash torrent) {
    return parts.computeIfAbsent(torrent, key -> whole.part(limitMicros));
  }

  /** The torrent is open no more. */
  void left(Hash torrent) {
    parts.computeIfPresent(torrent, (key, part) -> part.isUntouched() ? null : part);
  }

  /** Changes the limit of each; what is spent or set aside stays so. */
  void limit(long micros) {
    limitMicros = micros;
    parts.values().forEach(part -> part.limit(micros));
  }
}
