package sluice.state.record;

/** Size and time of change of a file when its data were verified. */
public record FileStamp(long sizeBytes, long modifiedNanos) {

  /** The file was not there. */
  public static final FileStamp ABSENT = new FileStamp(-1, 0);

  public FileStamp {
    if (sizeBytes < -1) {
      throw new IllegalArgumentException("size " + sizeBytes);
    }
  }
}
