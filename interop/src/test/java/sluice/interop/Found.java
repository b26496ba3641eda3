package sluice.interop;

/** How the peer that starts second finds the first. */
enum Found {
  BY_HTTP,
  BY_UDP,
  /** By our own tracker. */
  BY_OUR_HTTP,
  BY_OUR_UDP,
  BY_NAME;

  /** Whether the torrent names a tracker by UDP. */
  boolean isUdp() {
    return this == BY_UDP || this == BY_OUR_UDP;
  }

  /** Whether the tracker is our own. */
  boolean isOurs() {
    return this == BY_OUR_HTTP || this == BY_OUR_UDP;
  }
}
