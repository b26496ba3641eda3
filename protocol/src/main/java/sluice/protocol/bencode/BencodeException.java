package sluice.protocol.bencode;

/** Bytes that are not bencoding, or exceed a limit. */
public final class BencodeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;

  public BencodeException(String message, int offset) {
    super(message + " at byte " + offset, null, false, false);
    this.offset = offset;
  }

  /** Where in the input it was noticed. */
  public int offset() {
    return offset;
  }
}
