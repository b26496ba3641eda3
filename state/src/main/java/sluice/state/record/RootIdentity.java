package sluice.state.record;

/**
 * What the folder of a torrent is recognised by, so that an empty mount point is not taken for it:
 * names of its device and of its place there, as the file system gives them.
 */
public record RootIdentity(String device, String fileKey) {
  /** Longest name. */
  static final int MAX_CHARS = 1_024;

  public RootIdentity {
    if (device.length() > MAX_CHARS || fileKey.length() > MAX_CHARS) {
      throw new IllegalArgumentException("the identity of a folder is too long");
    }
  }
}
