package sluice.engine.rate;

import org.jspecify.annotations.Nullable;
import sluice.protocol.address.Endpoint;

/**
 * The limits that one peer's bytes of one direction pass: peer, torrent, class. Who is asked and
 * has nothing takes it for a wish, so each is asked only when those before it have something, the
 * class last. Thread: its owner's loop.
 */
final class PeerQuota implements Quota {
  private final TorrentBandwidth torrent;
  private final Endpoint peer;
  private final Direction direction;
  private final TurnBucket shared;
  private final Turns.Place torrentPlace = new Turns.Place();
  private ClassShare share;
  private Turns.Place place = new Turns.Place();
  private @Nullable TokenBucket own;
  private int version;
  private int freePermille = NOT_SOLD;

  PeerQuota(TorrentBandwidth torrent, Endpoint peer, Direction direction) {
    this.torrent = torrent;
    this.peer = peer;
    this.direction = direction;
    this.shared = torrent.bucket(direction);
    this.share = torrent.share(peer, direction);
    this.version = torrent.version() - 1;
  }

  @Override
  public long available(long now) {
    refresh(now);
    long least = own == null ? Long.MAX_VALUE : own.available(now);
    if (least > 0 && !share.isExempt()) {
      least = Math.min(least, shared.available(torrentPlace, now));
    }
    if (least > 0 && !share.isExempt()) {
      torrent.wants(share, direction);
    }
    return least <= 0 ? 0 : Math.min(least, share.available(place, now));
  }

  @Override
  public void take(long bytes, long now) {
    refresh(now);
    if (own != null) {
      own.take(bytes, now);
    }
    if (!share.isExempt()) {
      shared.take(torrentPlace, bytes, now);
    }
    share.take(place, bytes, now);
  }

  @Override
  public void sold(int permille) {
    if (permille != freePermille) {
      freePermille = permille;
      version = torrent.version() - 1;
    }
  }

  private void refresh(long now) {
    if (version == torrent.version()) {
      return;
    }
    version = torrent.version();
    ClassShare next =
        freePermille == NOT_SOLD
            ? torrent.share(peer, direction)
            : torrent.soldShare(peer, direction, freePermille, now);
    if (!next.equals(share)) {
      share = next;
      place = new Turns.Place();
    }
    long limit = torrent.peerLimit(peer, direction);
    if (own != null) {
      own.limit(limit, now);
    } else if (limit > 0) {
      own = new TokenBucket(limit, now);
    }
  }
}
