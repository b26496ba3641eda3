package sluice.market.trade;

/** Bytes of blocks that a session has sent, to whomever. Loop only. */
final class Traffic {
  private long bytes;

  void sent(long more) {
    bytes += more;
  }

  long bytes() {
    return bytes;
  }
}
