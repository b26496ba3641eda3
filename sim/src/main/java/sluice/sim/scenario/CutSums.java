package sluice.sim.scenario;

/** Sums over the histories of {@link PowerCuts}. */
public final class CutSums {
  long powerCuts;
  long kills;
  long stops;
  long lostByPowerCuts;
  long lostByKills;
  long checked;
  long wholeChecks;
  long bytes;
  long fetchedBytes;
  long receivedBytes;
  double againByPowerCuts;
  double againByKills;

  /** Nothing yet. */
  public CutSums() {}

  /** Times that the power failed. */
  public long powerCuts() {
    return powerCuts;
  }

  /** Times that the process was killed. */
  public long kills() {
    return kills;
  }

  /** Pieces that were there before kills and not after. */
  public long lostByKills() {
    return lostByKills;
  }

  /** Pieces that were there before power cuts and not after. */
  public long lostByPowerCuts() {
    return lostByPowerCuts;
  }

  /** Bytes of a torrent of {@code of} bytes have to be fetched again after one end. */
  void again(String how, long bytes, long of) {
    double part = (double) bytes / of;
    if (how.equals("kill")) {
      againByKills += part;
    } else {
      againByPowerCuts += part;
    }
  }

  /** The part of a torrent that has to be fetched again after a power cut, on average. */
  public double againByPowerCut() {
    return againByPowerCuts / Math.max(1, powerCuts);
  }

  /** The part of a torrent that has to be fetched again after a kill, on average. */
  public double againByKill() {
    return againByKills / Math.max(1, kills);
  }

  /** Adds {@code other}. */
  public void add(CutSums other) {
    powerCuts += other.powerCuts;
    kills += other.kills;
    stops += other.stops;
    lostByPowerCuts += other.lostByPowerCuts;
    lostByKills += other.lostByKills;
    checked += other.checked;
    wholeChecks += other.wholeChecks;
    bytes += other.bytes;
    fetchedBytes += other.fetchedBytes;
    receivedBytes += other.receivedBytes;
    againByPowerCuts += other.againByPowerCuts;
    againByKills += other.againByKills;
  }

  @Override
  public String toString() {
    String ends = "%d power cuts, %d kills, %d stops; ".formatted(powerCuts, kills, stops);
    String lost = "lost %d and %d pieces; ".formatted(lostByPowerCuts, lostByKills);
    String checks = "%d pieces checked, %d times all; ".formatted(checked, wholeChecks);
    double ratio = bytes == 0 ? 0 : (double) receivedBytes / bytes;
    double sent = bytes == 0 ? 0 : (double) fetchedBytes / bytes;
    String again =
        "fetched again %.2f %% of the torrent for each power cut, %.2f %% for each kill; "
            .formatted(100 * againByPowerCut(), 100 * againByKill());
    return ends
        + lost
        + checks
        + again
        + "%.2f times the size received, %.2f sent".formatted(ratio, sent);
  }
}
