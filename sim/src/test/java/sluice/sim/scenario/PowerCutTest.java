package sluice.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Ends of a download at any moment. {@code -Dsluice.sim.cuts=N} lives through N power cuts, {@code
 * -Dsluice.sim.seed=S} through one history.
 */
class PowerCutTest {
  private static final int CUTS = 500;

  @Test
  void noPowerCutCostsMoreThanSeconds() {
    Long one = Long.getLong("sluice.sim.seed");
    if (one != null) {
      assertThat(PowerCuts.run(one).powerCuts()).isPositive();
      return;
    }
    CutSums sums = new CutSums();
    int cuts = Integer.getInteger("sluice.sim.cuts", CUTS);
    long seed = 0;
    while (sums.powerCuts() < cuts) {
      sums.add(PowerCuts.run(seed++));
    }
    System.out.println(seed + " downloads: " + sums);
    assertThat(sums.kills()).isPositive();
    assertThat(sums.lostByKills()).isLessThanOrEqualTo(sums.kills());
    assertThat(sums.lostByPowerCuts()).isLessThanOrEqualTo(2 * sums.powerCuts());
    assertThat(sums.againByPowerCut()).isLessThan(0.02);
    assertThat(sums.againByKill()).isLessThan(0.01);
  }

  /** Pieces that take longer than the time between two cuts complete in the end. */
  @Test
  void whatCameOfAnUnfinishedPieceIsKept() {
    CutSums sums = new CutSums();
    int cuts = Integer.getInteger("sluice.sim.cuts", CUTS) / 10;
    long seed = 0;
    while (sums.powerCuts() < cuts) {
      sums.add(PowerCuts.runLarge(seed++));
    }
    System.out.println(seed + " downloads with large pieces: " + sums);
    assertThat(sums.againByPowerCut()).isLessThan(0.05);
  }
}
