package sluice.tracker.udp;

/** Actions, and where fields are in datagrams (BEP 15). */
final class Layout {
  static final long PROTOCOL = 0x41727101980L;
  static final int CONNECT = 0;
  static final int ANNOUNCE = 1;
  static final int SCRAPE = 2;
  static final int ERROR = 3;

  static final int ACTION = 8;
  static final int TRANSACTION = 12;
  static final int REQUEST_HEADER = 16;

  // An announce.
  static final int HASH = 16;
  static final int PEER_ID = 36;
  static final int DOWNLOADED = 56;
  static final int LEFT = 64;
  static final int UPLOADED = 72;
  static final int EVENT = 80;
  static final int WANT = 92;
  static final int PORT = 96;
  static final int OPTIONS = 98;

  static final int EVENT_COMPLETED = 1;
  static final int EVENT_STOPPED = 3;
  static final int EVENT_PAUSED = 4;

  static final int HASH_BYTES = 20;
  static final int MAX_SCRAPED = 74;

  // Replies.
  static final int CONNECTED_BYTES = 16;
  static final int PEERS = 20;
  static final int REPLY_HEADER = 8;
  static final int COUNTS_BYTES = 12;

  /** Longest reply: no router between here and the client should have to cut it. */
  static final int MAX_REPLY = 1_432;

  static final int MAX_IPV4_PEERS = (MAX_REPLY - PEERS) / 6;
  static final int MAX_IPV6_PEERS = (MAX_REPLY - PEERS) / 18;

  /** Room for the longest request that means something. */
  static final int MAX_REQUEST = 1_536;

  private Layout() {}
}
