package sluice.engine.torrent;

import sluice.engine.port.Fault;

/** The stage of a torrent's life. */
public sealed interface Phase {
  /** Whether peers are connected and served. */
  boolean isActive();

  /** The data on disk are being compared with the hashes. */
  record Checking() implements Phase {
    @Override
    public boolean isActive() {
      return false;
    }
  }

  /** Pieces are fetched, and those that are there are served. */
  record Downloading() implements Phase {
    @Override
    public boolean isActive() {
      return true;
    }
  }

  /**
   * Nothing more is wanted; what is there is served.
   *
   * @param sinceNanos loop time at which it began
   */
  record Seeding(long sinceNanos) implements Phase {
    @Override
    public boolean isActive() {
      return true;
    }
  }

  /** Nothing is done any more. */
  record Stopped() implements Phase {
    @Override
    public boolean isActive() {
      return false;
    }
  }

  /** It could not go on. */
  record Faulted(Fault fault) implements Phase {
    @Override
    public boolean isActive() {
      return false;
    }
  }
}
