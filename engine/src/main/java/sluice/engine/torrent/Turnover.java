package sluice.engine.torrent;

import java.util.Comparator;
import java.util.List;
import sluice.engine.peer.Peer;
import sluice.engine.swarm.ConnectionBudget;
import sluice.engine.swarm.KnownPeers;

/**
 * Closes connections of a torrent so that others have their turn: every few minutes some of the
 * least useful, if nearly all places are taken and somebody else is known; and at once those that
 * are too many after limits were lowered. Loop only.
 */
final class Turnover {
  static final long INTERVAL_NANOS = 300_000_000_000L;

  /** One of so many makes room at a time. */
  private static final int PART = 25;

  /** So long a peer may show what it is good for. */
  private static final long TRIAL_NANOS = 60_000_000_000L;

  private final ConnectionBudget budget;
  private final KnownPeers known;
  private long sinceNanos;

  Turnover(ConnectionBudget budget, KnownPeers known, long now) {
    this.budget = budget;
    this.known = known;
    this.sinceNanos = now;
  }

  /** A second has passed; {@code uploadOnly}: nothing more is wanted. */
  void tick(long now, List<Peer> peers, boolean uploadOnly) {
    int excess = budget.excess();
    if (excess > 0) {
      close(peers, excess, now, uploadOnly);
    } else if (now - sinceNanos >= INTERVAL_NANOS) {
      sinceNanos = now;
      if (budget.isCrowded() && known.hasNext(now, uploadOnly)) {
        List<Peer> tried =
            peers.stream().filter(p -> now - p.connectedNanos() >= TRIAL_NANOS).toList();
        close(tried, Math.max(1, peers.size() / PART), now, uploadOnly);
      }
    }
  }

  private static void close(List<Peer> peers, int count, long now, boolean uploadOnly) {
    peers.stream().sorted(leastUseful(now, uploadOnly)).limit(count).forEach(Peer::close);
  }

  /** Whom to part with first. Of equals, who has been there the shortest time. */
  private static Comparator<Peer> leastUseful(long now, boolean uploadOnly) {
    Comparator<Peer> use =
        uploadOnly
            ? Comparator.comparingLong((Peer p) -> p.up().rate(now))
                .thenComparing(Peer::interestedInUs)
            : Comparator.comparingLong((Peer p) -> p.down().rate(now))
                .thenComparing(Peer::interesting)
                .thenComparingLong(p -> p.up().rate(now));
    return use.thenComparing(Comparator.comparingLong(Peer::connectedNanos).reversed());
  }
}
