package sluice.state.record;

/** How large a torrent is. Without metadata it is not known. */
public record Content(long sizeBytes, int pieces) {

  /** The metadata are not there yet. */
  public static final Content UNKNOWN = new Content(-1, 0);

  public Content {
    if (sizeBytes < -1 || pieces < 0 || pieces > Resume.MAX_PIECES) {
      throw new IllegalArgumentException("size " + sizeBytes + ", pieces " + pieces);
    }
  }

  /** Whether the metadata are there. */
  public boolean isKnown() {
    return sizeBytes >= 0;
  }
}
