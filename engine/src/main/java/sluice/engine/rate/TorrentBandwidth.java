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
  private final TokenBucket down;
  private final TokenBucket up;
  private final Map<Endpoint, PeerLimit> peers = new LinkedHashMap<>();
  private TorrentLimits limits;
  private int changes;

  private record PeerLimit(long down, long up) {}

  /** The bandwidth of a torrent of {@code session}. */
  public TorrentBandwidth(Bandwidth session, TorrentLimits limits, long now) {
    this.session = session;
    this.limits = limits;
    this.down = new TokenBucket(limits.down(), now);
    this.up = new TokenBucket(limits.up(), now);
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

  /** Limits one peer in bytes per second; 0 for none. It overrides that of all peers. */
  public void limitPeer(Endpoint peer, long downLimit, long upLimit) {
    if (peers.size() >= MAX_PEER_LIMITS && !peers.containsKey(peer)) {
      peers.remove(peers.keySet().iterator().next());
    }
    peers.put(peer, new PeerLimit(downLimit, upLimit));
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

  TokenBucket bucket(Direction direction) {
    return direction == Direction.DOWN ? down : up;
  }

  ClassShare share(Endpoint peer, Direction direction) {
    return session.share(limits.bandwidthClass(), peer.address(), direction);
  }

  long peerLimit(Endpoint peer, Direction direction) {
    PeerLimit own = peers.get(peer);
    if (own == null) {
      return limits.peer(direction);
    }
    return direction == Direction.DOWN ? own.down() : own.up();
  }
}
