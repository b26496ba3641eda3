package sluice.interop;

/** A running BitTorrent program that has one torrent. */
interface Peer extends AutoCloseable {
  /** The loopback port on which it takes connections. */
  int port();

  /** Waits until it has checked what is on disk and takes connections. */
  void awaitReady();

  /** Waits until it has all data. */
  void awaitComplete();

  /** Its process. */
  RealProcess process();

  @Override
  default void close() {
    process().close();
  }
}
