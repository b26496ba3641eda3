package sluice.engine.swarm;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many connections there may be, of a session or of one torrent in it. Every connection holds a
 * {@link Permit}, from before it is dialled or when it is accepted, until it is closed. Thread: the
 * loop that the budgets of a session share.
 */
public final class ConnectionBudget {
  private final @Nullable ConnectionBudget parent;
  private final int maxPeers;
  private final int maxHalfOpen;
  private int open;
  private int halfOpen;

  private ConnectionBudget(@Nullable ConnectionBudget parent, int maxPeers, int maxHalfOpen) {
    this.parent = parent;
    this.maxPeers = maxPeers;
    this.maxHalfOpen = maxHalfOpen;
  }

  /** The budget of a session: connections of any kind, and those of them that are being dialled. */
  public static ConnectionBudget session(int maxPeers, int maxHalfOpen) {
    return new ConnectionBudget(null, maxPeers, maxHalfOpen);
  }

  /** A budget inside this one, for a torrent. */
  public ConnectionBudget torrent(int maxPeers) {
    return new ConnectionBudget(this, maxPeers, Integer.MAX_VALUE);
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
    return halfOpen < maxHalfOpen && hasRoom() && (parent == null || parent.canDial());
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
    return open + halfOpen < maxPeers;
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

    private Permit(ConnectionBudget budget, boolean dialling) {
      this.budget = budget;
      this.dialling = dialling;
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
        closed = true;
      }
    }
  }
}
