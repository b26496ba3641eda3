package sluice.sim.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.sim.disk.SimDisk;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;
import sluice.sim.scenario.EnginePeer;
import sluice.sim.scenario.SimTorrent;
import sluice.sim.scenario.WirePeer;

/**
 * A production seed with a slow uplink that sells, one peer that pays without end, and several that
 * do not speak the extension: each of these has what it would have as one of as many at a seed with
 * the free share of the uplink, within five percent.
 */
class FreeShareTest {
  private static final double CLOSE = 0.05;
  private static final long PIECE = 1 << 18;

  private final SimTorrent torrent = SimTorrent.v1(31, (int) PIECE, 16 * PIECE);
  private final Bazaar bazaar = new Bazaar(31, torrent, LinkProfile.fast(), false);
  private final List<Hungry> free = new ArrayList<>();
  private final List<RoguePayer> payers = new ArrayList<>();
  private int connected;

  private EnginePeer seed(long uplink, int slots) {
    EnginePeer.Options options =
        new EnginePeer.Options(c -> c.limits(0, uplink).uploadSlots(slots), s -> s);
    EnginePeer seed = bazaar.seller(LinkProfile.fast(), SimVolume.full(torrent.truth()), options);
    bazaar.swarm.start().runFor(Duration.ofSeconds(1));
    return seed;
  }

  private void dial(EnginePeer seed, String name, WirePeer.Factory factory) {
    new WirePeer(bazaar.swarm.host(name, LinkProfile.fast(), SimDisk.fast()), torrent, factory)
        .dial(seed.endpoint());
  }

  private void payer(EnginePeer seed) {
    dial(
        seed,
        "payer",
        wire -> {
          RoguePayer payer = new RoguePayer(wire, bazaar.bank, new RoguePayer.Trick() {});
          payer.depositMicros = Bazaar.BUDGET / 2;
          payers.add(payer);
          return payer;
        });
  }

  private void nonPayers(EnginePeer seed, int count) {
    for (int i = 0; i < count; i++) {
      dial(
          seed,
          "free" + connected++,
          wire -> {
            Hungry hungry = new Hungry(wire);
            free.add(hungry);
            return hungry;
          });
    }
  }

  /** Bytes a second to each who does not pay, and last to the one who does. */
  private double[] rates(Duration warmUp, Duration time) {
    bazaar.swarm.runFor(warmUp);
    double[] before = taken();
    bazaar.swarm.runFor(time);
    double[] after = taken();
    double[] rates = new double[after.length];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = (after[i] - before[i]) / time.toSeconds();
    }
    System.out.println("bytes per second: " + Arrays.toString(rates));
    return rates;
  }

  private double[] taken() {
    double[] taken = new double[free.size() + 1];
    for (int i = 0; i < free.size(); i++) {
      taken[i] = free.get(i).taken;
    }
    taken[free.size()] = payers.stream().mapToLong(p -> p.charged + p.free).sum();
    return taken;
  }

  private static void assertShares(double[] rates, double each, double paid) {
    for (int i = 0; i < rates.length - 1; i++) {
      assertThat(rates[i]).as("non-payer %d", i).isCloseTo(each, within(CLOSE * each));
    }
    assertThat(rates[rates.length - 1]).as("payer").isCloseTo(paid, within(CLOSE * paid));
  }

  /** Slots for all of them: the limit alone divides. */
  @ParameterizedTest
  @CsvSource({"250, 3", "500, 1", "500, 3", "500, 6", "750, 3"})
  void eachHasItsPartOfTheFreeShare(int freePermille, int nonPayers) {
    long uplink = 400_000;
    bazaar.freePermille = freePermille;
    EnginePeer seed = seed(uplink, 16);
    nonPayers(seed, nonPayers);
    payer(seed);
    double[] rates = rates(Duration.ofSeconds(30), Duration.ofMinutes(2));
    double kept = uplink * freePermille / 1_000.0;
    assertShares(rates, kept / nonPayers, uplink - kept);
    bazaar.swarm.finish();
  }

  /** Who is behind others in the seed's list of peers has no less. */
  @Test
  void whoeverCameFirst() {
    long uplink = 400_000;
    EnginePeer seed = seed(uplink, 16);
    nonPayers(seed, 1);
    bazaar.swarm.runFor(Duration.ofSeconds(1));
    payer(seed);
    bazaar.swarm.runFor(Duration.ofSeconds(1));
    nonPayers(seed, 2);
    assertShares(rates(Duration.ofSeconds(30), Duration.ofMinutes(2)), uplink / 6.0, uplink / 2.0);
    bazaar.swarm.finish();
  }

  /** Three of four slots for five: they take turns. */
  @Test
  void eachHasItsTurns() {
    long uplink = 100_000;
    EnginePeer seed = seed(uplink, 4);
    nonPayers(seed, 5);
    payer(seed);
    double[] rates = rates(Duration.ofMinutes(10), Duration.ofHours(4));
    assertShares(rates, uplink / 10.0, uplink / 2.0);
    bazaar.swarm.finish();
  }

  /** Who pays nothing is one of all: what no payer takes is divided among them. */
  @Test
  void withoutAPayerAllOfItIsTheirs() {
    long uplink = 400_000;
    EnginePeer seed = seed(uplink, 16);
    nonPayers(seed, 4);
    double[] rates = rates(Duration.ofSeconds(30), Duration.ofMinutes(2));
    assertShares(rates, uplink / 4.0, 0);
    bazaar.swarm.finish();
  }
}
