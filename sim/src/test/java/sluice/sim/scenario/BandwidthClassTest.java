package sluice.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.rate.ClassLimits;
import sluice.engine.rate.ClassSpec;
import sluice.engine.rate.Rank;
import sluice.engine.rate.TorrentLimits;
import sluice.engine.session.Engine;
import sluice.engine.session.EngineConfig;
import sluice.engine.session.Keeper;
import sluice.engine.session.TorrentSource;
import sluice.engine.session.TorrentSpec;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.sim.disk.SimDisk;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;

/**
 * One engine seeds torrents of several bandwidth classes, each to a leech that takes all it can.
 */
class BandwidthClassTest {
  private static final long LIMIT = 1_000_000;
  private static final int SECONDS = 30;
  private static final long SIZE = 48L << 20;

  private final Swarm swarm = new Swarm(71, torrent(71));
  private final SimHost host = swarm.host("seed", LinkProfile.fast(), SimDisk.fast());
  private final List<SimTorrent> torrents = new ArrayList<>();

  private static SimTorrent torrent(long seed) {
    return SimTorrent.v1(seed, 262_144, SIZE);
  }

  private TorrentSpec spec(SimTorrent torrent, SimHost at, SimVolume volume, List<HostPort> peers) {
    return new TorrentSpec(
        torrent.metainfo().info().hashes(),
        TorrentSource.of(torrent.metainfo(), () -> at.storage(volume)),
        true,
        true,
        false,
        peers,
        0,
        0);
  }

  private Engine engine(SimHost at) {
    Endpoint listening = new Endpoint(at.setup().address(), EnginePeer.PORT);
    Engine engine =
        new Engine(
            at.ports(), EngineConfig.defaults(List.of(listening)), Keeper.inMemory(), event -> {});
    engine.start();
    return engine;
  }

  /** Bytes per second that each class sends, after ten seconds, in the order of the plan. */
  private List<Double> rates(List<ClassSpec> classes) {
    return rates(
        classes, classes.stream().map(spec -> TorrentLimits.of(0, 0).in(spec.name())).toList());
  }

  /** The same of torrents with {@code limits}. */
  private List<Double> rates(List<ClassSpec> classes, List<TorrentLimits> limits) {
    Engine seed = engine(host);
    seed.bandwidth(new BandwidthPlan(0, LIMIT, classes));
    List<Engine> engines = new ArrayList<>(List.of(seed));
    HostPort there = new HostPort(host.setup().address().getHostAddress(), EnginePeer.PORT);
    for (int i = 0; i < limits.size(); i++) {
      SimTorrent torrent = torrent(100 + i);
      torrents.add(torrent);
      seed.add(spec(torrent, host, SimVolume.full(torrent.truth()), List.of()));
      SimHost other = swarm.host("leech" + i, LinkProfile.fast(), SimDisk.fast());
      Engine leech = engine(other);
      leech.add(spec(torrent, other, SimVolume.empty(torrent.truth()), List.of(there)));
      engines.add(leech);
    }
    swarm.runFor(Duration.ofSeconds(5));
    for (int i = 0; i < limits.size(); i++) {
      seed.limits(torrents.get(i).metainfo().info().hashes(), limits.get(i));
    }
    swarm.runFor(Duration.ofSeconds(10));
    List<Long> before = torrents.stream().map(t -> uploaded(seed, t)).toList();
    swarm.runFor(Duration.ofSeconds(SECONDS));
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < limits.size(); i++) {
      rates.add((uploaded(seed, torrents.get(i)) - before.get(i)) / (double) SECONDS);
    }
    System.out.println("bytes per second: " + rates);
    engines.forEach(Engine::stop);
    swarm.runFor(Duration.ofSeconds(10));
    return rates;
  }

  private static long uploaded(Engine engine, SimTorrent torrent) {
    return engine.snapshot(torrent.metainfo().info().hashes()).map(s -> s.uploaded()).orElse(0L);
  }

  private static void assertShares(List<Double> rates, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(rates.get(i)).as("class %d", i).isCloseTo(expected[i], within(expected[i] / 20));
    }
  }

  @Test
  void weightsDivideTheLimit() {
    List<Double> rates =
        rates(
            List.of(
                ClassSpec.of("three", ClassLimits.weighing(3)),
                ClassSpec.of("two", ClassLimits.weighing(2)),
                ClassSpec.of("one", ClassLimits.weighing(1))));
    assertShares(rates, LIMIT / 2.0, LIMIT / 3.0, LIMIT / 6.0);
    swarm.finish();
  }

  /** Ranks hold between torrents of no class, however many there are of each. */
  @Test
  void ranksDivideWhatTheirClassHas() {
    TorrentLimits plain = TorrentLimits.of(0, 0);
    List<Double> rates =
        rates(
            List.of(),
            List.of(
                plain.rank(Rank.HIGH), plain, plain, plain.rank(Rank.LOW), plain.rank(Rank.LOW)));
    double part = LIMIT / 26.0;
    assertShares(rates, 16 * part, 4 * part, 4 * part, part, part);
    swarm.finish();
  }

  /** The ranks of a class divide its part, and are nothing to other classes. */
  @Test
  void ranksLeaveOtherClassesAlone() {
    TorrentLimits two = TorrentLimits.of(0, 0).in("two");
    List<Double> rates =
        rates(
            List.of(
                ClassSpec.of("two", ClassLimits.weighing(2)),
                ClassSpec.of("one", ClassLimits.weighing(1))),
            List.of(two.rank(Rank.HIGH), two, TorrentLimits.of(0, 0).in("one").rank(Rank.LOW)));
    assertShares(rates, LIMIT * 8 / 15.0, LIMIT * 2 / 15.0, LIMIT / 3.0);
    swarm.finish();
  }

  /** What the ceiling leaves is divided among the others. */
  @Test
  void aCeilingHoldsAndLeavesTheRestToOthers() {
    List<Double> rates =
        rates(
            List.of(
                ClassSpec.of("capped", new ClassLimits(8, 100_000, 0)),
                ClassSpec.of("two", ClassLimits.weighing(2)),
                ClassSpec.of("one", ClassLimits.weighing(1))));
    assertShares(rates, 100_000, 600_000, 300_000);
    swarm.finish();
  }

  /** The minimum of a class of little weight comes first. */
  @Test
  void aMinimumIsGuaranteed() {
    List<Double> rates =
        rates(
            List.of(
                ClassSpec.of("sure", new ClassLimits(1, 0, 400_000)),
                ClassSpec.of("heavy", ClassLimits.weighing(50)),
                ClassSpec.of("light", ClassLimits.weighing(9))));
    assertShares(rates, 400_000 + 10_000, 500_000, 90_000);
    swarm.finish();
  }
}
