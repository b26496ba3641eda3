package sluice.protocol.announce;

/** The actions and sizes of BEP 15. */
final class UdpAction {
  static final int CONNECT = 0;
  static final int ANNOUNCE = 1;
  static final int SCRAPE = 2;
  static final int ERROR = 3;

  /** Stands for a connection id in a connect request. */
  static final long PROTOCOL = 0x417_2710_1980L;

  static final int REQUEST_HEADER_BYTES = 16;
  static final int ANNOUNCE_BYTES = 98;
  static final int REPLY_HEADER_BYTES = 8;
  static final int ANNOUNCED_BYTES = 20;
  static final int COUNTS_BYTES = 12;

  private UdpAction() {}
}
