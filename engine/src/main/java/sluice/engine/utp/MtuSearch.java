package sluice.engine.utp;

/**
 * The size of datagrams that the path carries unfragmented, found by halving between one that
 * always works and the most (the search of BEP 29 implementations): a packet of the size in the
 * middle is sent, and either acknowledged or lost alone.
 */
final class MtuSearch {
  /** 1,280 bytes, which IPv6 guarantees, less the headers of IPv6 and UDP. */
  static final int LEAST_BYTES = 1_232;

  /** The search ends when it is known to this. */
  private static final int PRECISION_BYTES = 16;

  private final int mostBytes;
  private int works = LEAST_BYTES;
  private int fails;
  private boolean probing;

  MtuSearch(int mostBytes) {
    this.mostBytes = Math.max(mostBytes, LEAST_BYTES);
    this.fails = this.mostBytes + 1;
  }

  /** Size of ordinary packets. */
  int packetBytes() {
    return works;
  }

  /** Size of the next packet that is to be a probe; 0 if there is to be none. */
  int probeBytes() {
    if (probing || fails - works <= (fails > mostBytes ? 1 : PRECISION_BYTES)) {
      return 0;
    }
    // What mostly works is tried first.
    return fails > mostBytes ? mostBytes : (works + fails) / 2;
  }

  void sent() {
    probing = true;
  }

  void acked(int bytes) {
    probing = false;
    works = Math.max(works, bytes);
  }

  void lost(int bytes) {
    probing = false;
    fails = Math.max(works + 1, Math.min(fails, bytes));
  }

  /** Nothing comes through: the path may have changed. Begins anew. */
  void restart() {
    probing = false;
    works = LEAST_BYTES;
    fails = mostBytes + 1;
  }
}
