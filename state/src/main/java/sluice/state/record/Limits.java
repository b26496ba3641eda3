package sluice.state.record;

/** A torrent's own limits; 0 stands for those of the session. */
public record Limits(
    long uploadBytesPerSecond, long downloadBytesPerSecond, int maxPeers, int uploadSlots) {

  /** None of its own. */
  public static final Limits INHERITED = new Limits(0, 0, 0, 0);

  public Limits {
    if ((uploadBytesPerSecond | downloadBytesPerSecond | maxPeers | uploadSlots) < 0) {
      throw new IllegalArgumentException("negative limit");
    }
  }
}
