package sluice.interop;

/** How the peer that starts second finds the first. */
enum Found {
  BY_HTTP,
  BY_UDP,
  /** By our own tracker. */
  BY_OUR_HTTP,
  BY_OUR_UDP,
  BY_NAME,
  /** By the DHT, which is entered by a node of ours. */
  BY_DHT;

  /** Whether it is found without a tracker. */
  boolean isTrackerless() {
    return this == BY_NAME || this == BY_DHT;
  }

  /** Whether the torrent names a tracker by UDP. */
  boolean isUdp() {
    return this == BY_UDP || this == BY_OUR_UDP;
  }

  /** Whether the tracker is our own. */
  boolean isOurs() {
    return this == BY_OUR_HTTP || this == BY_OUR_UDP;
  }
}
