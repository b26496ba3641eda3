package sluice.daemon.rss;

/** A document that is no feed. */
final class FeedException extends Exception {
  private static final long serialVersionUID = 1L;

  FeedException(String message) {
    super(message);
  }
}
