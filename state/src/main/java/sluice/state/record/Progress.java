package sluice.state.record;

/** How much of a torrent is there and verified, for lists that do not read its bitfield. */
public record Progress(long doneBytes, int donePieces) {

  /** Nothing is there. */
  public static final Progress NONE = new Progress(0, 0);

  public Progress {
    if ((doneBytes | donePieces) < 0) {
      throw new IllegalArgumentException("negative progress");
    }
  }
}
