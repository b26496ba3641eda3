package sluice.engine.swarm;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.engine.count.SessionCounts;
import sluice.engine.policy.PeerLimits;
import sluice.engine.swarm.Sites.Site;

/**
 * How many connections there may be, of a session or of one torrent in it. Every connection holds a
 * {@link Permit}, from before it is dialled or when it is accepted, until it is closed. Thread: the
 * loop that the budgets of a session share.
 */
public final class ConnectionBudget {
  private final @Nullable ConnectionBudget parent;
  private int maxPeers;
  private final Sites sites;
  private final SessionCounts counts;
  private PeerLimits limits;
  private int open;
  private int halfOpen;

  private ConnectionBudget(@Nullable ConnectionBudget parent, int maxPeers, PeerLimits limits) {
    this.parent = parent;
    this.maxPeers = maxPeers;
    this.limits = limits;
    this.sites = parent == null ? new Sites() : parent.sites;
    this.counts = parent == null ? new SessionCounts() : parent.counts;
  }

  /** The budget of a session. */
  public static ConnectionBudget session(PeerLimits limits) {
    return new ConnectionBudget(null, Integer.MAX_VALUE, limits);
  }

  /** A budget inside this one, for a torrent with a limit of its own. */
  public ConnectionBudget torrent(int maxPeers) {
    return new ConnectionBudget(this, maxPeers, limits);
  }

  /** Changes the limits of a session. Connections that are too many are for torrents to close. */
  public void limits(PeerLimits changed) {
    limits = changed;
  }

  /** Changes the limit of a torrent's own; see {@link #limits}. */
  public void most(int peers) {
    maxPeers = peers;
  }

  /** What becomes of connections of the session. */
  public SessionCounts counts() {
    return counts;
  }

  private PeerLimits limits() {
    return parent == null ? limits : parent.limits();
  }

  private int most() {
    return parent == null ? limits.session() : Math.min(maxPeers, limits().perTorrent());
  }

  /** How many of its connections a torrent has to close, as limits were lowered. */
  public int excess() {
    int own = open + halfOpen - most();
    if (parent == null || parent.excess() <= 0) {
      return own;
    }
    // Of those that are too many in the session, as many as it has of all.
    long all = (long) parent.open + parent.halfOpen;
    long share = ((long) parent.excess() * (open + halfOpen) + all - 1) / all;
    return (int) Math.max(own, share);
  }

  /** Whether nine tenths of the connections that a torrent may have are there. */
  public boolean isCrowded() {
    return (open + halfOpen) * 10L >= most() * 9L || (parent != null && parent.isCrowded());
  }

  /** Connections that are open. */
  public int open() {
    return open;
  }

  /** Connections that are being dialled. */
  public int halfOpen() {
    return halfOpen;
  }

  /** Whether {@link #dial} would give a permit. */
  public boolean canDial() {
    boolean mayDial = parent == null ? halfOpen < limits.halfOpen() : parent.canDial();
    return mayDial && hasRoom();
  }

  /** A permit to dial, or empty when a cap is reached. */
  public Optional<Permit> dial() {
    if (!canDial()) {
      return Optional.empty();
    }
    count(0, 1);
    return Optional.of(new Permit(this, true));
  }

  /** A permit for a connection that came in, or empty when a cap is reached. */
  public Optional<Permit> accept() {
    for (ConnectionBudget b = this; b != null; b = b.parent) {
      if (!b.hasRoom()) {
        return Optional.empty();
      }
    }
    count(1, 0);
    return Optional.of(new Permit(this, false));
  }

  private boolean hasRoom() {
    return open + halfOpen < most();
  }

  private void count(int openBy, int halfOpenBy) {
    for (ConnectionBudget b = this; b != null; b = b.parent) {
      b.open += openBy;
      b.halfOpen += halfOpenBy;
    }
  }

  /** The right to one connection, to be closed with it. */
  public static final class Permit {
    private ConnectionBudget budget;
    private boolean dialling;
    private boolean closed;

    /** Where the connection goes, if that is counted. */
    private Optional<Site> site = Optional.empty();

    private Permit(ConnectionBudget budget, boolean dialling) {
      this.budget = budget;
      this.dialling = dialling;
    }

    /** Says where the connection goes, once. False if there are too many with that address. */
    public boolean at(InetAddress address) {
      if (closed || site.isPresent() || address.isLoopbackAddress()) {
        return !closed;
      }
      Site there = Site.of(address);
      if (!budget.sites.add(there, budget.limits().perAddress())) {
        return false;
      }
      site = Optional.of(there);
      return true;
    }

    /** What was dialled is open. */
    public void opened() {
      if (dialling && !closed) {
        budget.count(1, -1);
        dialling = false;
      }
    }

    /** What was open has closed, and is dialled once more. */
    public void dialledAgain() {
      if (!dialling && !closed) {
        budget.count(-1, 1);
        dialling = true;
      }
    }

    /**
     * Moves the permit of a connection that came in from its session to {@code torrent}, once the
     * handshake has named it. False, and nothing has changed, if the torrent has no room.
     */
    public boolean moveTo(ConnectionBudget torrent) {
      if (dialling || closed || torrent.parent != budget) {
        throw new IllegalStateException("not an open connection of the session");
      }
      if (!torrent.hasRoom()) {
        return false;
      }
      torrent.open++;
      budget = torrent;
      return true;
    }

    /** Gives the right back. Closing twice does nothing. */
    public void close() {
      if (!closed) {
        budget.count(dialling ? 0 : -1, dialling ? -1 : 0);
        site.ifPresent(budget.sites::remove);
        closed = true;
      }
    }
  }
}
