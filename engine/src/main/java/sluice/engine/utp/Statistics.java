package sluice.engine.utp;

/** What has happened on a connection. */
final class Statistics {
  long sentBytes;
  long resentBytes;
  long lost;
  long spurious;
  long timeouts;
}
