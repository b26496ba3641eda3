package sluice.daemon.migrate;

/** Says in one line why a file of another program cannot be used. */
final class ForeignException extends Exception {
  private static final long serialVersionUID = 1L;

  ForeignException(String message) {
    super(message);
  }
}
