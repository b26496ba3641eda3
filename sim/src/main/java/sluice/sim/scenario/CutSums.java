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
  }

  @Override
  public String toString() {
    String ends = "%d power cuts, %d kills, %d stops; ".formatted(powerCuts, kills, stops);
    String lost = "lost %d and %d pieces; ".formatted(lostByPowerCuts, lostByKills);
    String checks = "%d pieces checked, %d times all; ".formatted(checked, wholeChecks);
    double ratio = bytes == 0 ? 0 : (double) fetchedBytes / bytes;
    return ends + lost + checks + "%.2f times the size fetched".formatted(ratio);
  }
}
