package sluice.storage.hashing;

/** No torrent can be made of a path; the message is one line for people. */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  SourceException(String message) {
    super(message, null, false, false);
  }
}
