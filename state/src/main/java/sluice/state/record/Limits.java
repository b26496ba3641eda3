package sluice.state.record;

/**
 * A torrent's own limits; 0 stands for those of the session. Those of peers are of each of its
 * peers.
 */
public record Limits(
    long uploadBytesPerSecond,
    long downloadBytesPerSecond,
    int maxPeers,
    int uploadSlots,
    long peerUploadBytesPerSecond,
    long peerDownloadBytesPerSecond) {

  /** None of its own. */
  public static final Limits INHERITED = new Limits(0, 0, 0, 0, 0, 0);

  public Limits {
    long rates = uploadBytesPerSecond | downloadBytesPerSecond;
    long peerRates = peerUploadBytesPerSecond | peerDownloadBytesPerSecond;
    if ((rates | peerRates | maxPeers | uploadSlots) < 0) {
      throw new IllegalArgumentException("negative limit");
    }
  }

  /** The same with other limits of the rate of the torrent. */
  public Limits rates(long up, long down) {
    return new Limits(
        up, down, maxPeers, uploadSlots, peerUploadBytesPerSecond, peerDownloadBytesPerSecond);
  }

  /** The same with another limit of connections. */
  public Limits maxPeers(int most) {
    return new Limits(
        uploadBytesPerSecond,
        downloadBytesPerSecond,
        most,
        uploadSlots,
        peerUploadBytesPerSecond,
        peerDownloadBytesPerSecond);
  }

  /** The same with another number of upload slots. */
  public Limits uploadSlots(int slots) {
    return new Limits(
        uploadBytesPerSecond,
        downloadBytesPerSecond,
        maxPeers,
        slots,
        peerUploadBytesPerSecond,
        peerDownloadBytesPerSecond);
  }

  /** The same with other limits of each peer. */
  public Limits peerRates(long up, long down) {
    return new Limits(
        uploadBytesPerSecond, downloadBytesPerSecond, maxPeers, uploadSlots, up, down);
  }
}
