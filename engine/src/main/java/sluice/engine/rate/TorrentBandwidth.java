package sluice.engine.rate;

import java.util.LinkedHashMap;
import java.util.Map;
import sluice.protocol.address.Endpoint;

/**
 * The bandwidth of one torrent and its peers: the lower half of {@link Bandwidth}. Changes hold at
 * once for connected peers, too. Thread: the loop of the session.
 */
public final class TorrentBandwidth {
  /** Most peers with a limit of their own; the oldest one is forgotten. */
  static final int MAX_PEER_LIMITS = 1_000;

  private final Bandwidth session;
  private final TurnBucket down;
  private final TurnBucket up;
  private final Map<Endpoint, PeerRate> peers = new LinkedHashMap<>();
  private TorrentLimits limits;
  private int changes;

  /** The ticks in which something was wanted last. */
  private int wantedDown = -1;

  private int wantedUp = -1;

  /** The bandwidth of a torrent of {@code session}. */
  public TorrentBandwidth(Bandwidth session, TorrentLimits limits, long now) {
    this.session = session;
    this.limits = limits;
    this.down = new TurnBucket(limits.down(), now);
    this.up = new TurnBucket(limits.up(), now);
  }

  /** The limits that hold. */
  public TorrentLimits limits() {
    return limits;
  }

  /** Changes the limits of the torrent and its class. */
  public void limits(TorrentLimits changed, long now) {
    limits = changed;
    down.limit(changed.down(), now);
    up.limit(changed.up(), now);
    changes++;
  }

  /** Limits one peer, whatever the limit of all peers. */
  public void limitPeer(Endpoint peer, PeerRate rate) {
    if (peers.size() >= MAX_PEER_LIMITS && !peers.containsKey(peer)) {
      peers.remove(peers.keySet().iterator().next());
    }
    peers.put(peer, rate);
    changes++;
  }

  /** What limits the bytes that {@code peer} sends to us. */
  public Quota down(Endpoint peer) {
    return new PeerQuota(this, peer, Direction.DOWN);
  }

  /** What limits the bytes that we send to {@code peer}. */
  public Quota up(Endpoint peer) {
    return new PeerQuota(this, peer, Direction.UP);
  }

  /** Changes whenever a quota must look again at {@link #share} and {@link #peerLimit}. */
  int version() {
    return session.version() + changes;
  }

  TurnBucket bucket(Direction direction) {
    return direction == Direction.DOWN ? down : up;
  }

  ClassShare share(Endpoint peer, Direction direction) {
    return session.share(limits.bandwidthClass(), limits.rank(), peer.address(), direction);
  }

  /** The share of peers that pay; those of a torrent in a class have none of their own. */
  ClassShare soldShare(Endpoint peer, Direction direction, int freePermille, long now) {
    return session.isOrdinary(limits.bandwidthClass(), peer.address())
        ? session.sold(direction, freePermille, now)
        : share(peer, direction);
  }

  /** The torrent wants some of {@code share}: that counts once in a tick. */
  void wants(ClassShare share, Direction direction) {
    int last = direction == Direction.DOWN ? wantedDown : wantedUp;
    if (last == session.ticks()) {
      return;
    }
    share.wants();
    if (direction == Direction.DOWN) {
      wantedDown = session.ticks();
    } else {
      wantedUp = session.ticks();
    }
  }

  long peerLimit(Endpoint peer, Direction direction) {
    PeerRate own = peers.get(peer);
    return own == null ? limits.peer(direction) : own.of(direction);
  }
}
