package sluice.udp;

/** Offsets in {@code struct mmsghdr} and {@code struct iovec} of 64-bit Linux. */
final class Mmsg {
  static final int BYTES = 64;
  static final int NAME = 0;
  static final int NAME_LENGTH = 8;
  static final int IOVEC = 16;
  static final int IOVEC_COUNT = 24;
  static final int LENGTH = 56;

  static final int IOVEC_BYTES = 16;
  static final int IOVEC_LENGTH = 8;

  private Mmsg() {}
}
