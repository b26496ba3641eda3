package sluice.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.protocol.wire.Message;
import sluice.sim.disk.SimDisk;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;
import sluice.sim.scenario.WirePeer.Script;
import sluice.sim.scenario.WirePeer.Wire;

/** Who gets the upload slots of a downloader. */
class UnchokeTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int CONTRIBUTORS = 20;
  private static final LinkProfile LINE = LinkProfile.home().rates(100_000, 0);
  private static final double FAIRNESS_SECONDS = 1.5;

  /** A peer that wants everything, has nothing, and notes for how long it may ask. */
  private static final class Waiting implements Script {
    private final Swarm swarm;
    private final Wire wire;
    private long sinceNanos = -1;
    private long totalNanos;

    Waiting(Swarm swarm, Wire wire) {
      this.swarm = swarm;
      this.wire = wire;
    }

    @Override
    public void onOpen() {
      wire.send(new Message.HaveNone());
      wire.send(new Message.Interested());
      stayAlive();
    }

    private void stayAlive() {
      wire.send(new Message.KeepAlive());
      wire.after(50 * SECOND, this::stayAlive);
    }

    @Override
    public void onMessage(Message message) {
      if (message instanceof Message.Unchoke) {
        sinceNanos = swarm.world().now();
      } else if (message instanceof Message.Choke) {
        totalNanos = unchokedNanos();
        sinceNanos = -1;
      }
    }

    long unchokedNanos() {
      return totalNanos + (sinceNanos < 0 ? 0 : swarm.world().now() - sinceNanos);
    }
  }

  /** One slot, twenty peers, half an hour: ninety seconds each. */
  @Test
  void theOptimisticSlotIsFairWithinSeconds() {
    Swarm swarm = new Swarm(77, SimTorrent.v1(77, 65_536, 1 << 20));
    EnginePeer engine =
        swarm.peer(
            "engine",
            LinkProfile.fast(),
            SimVolume.empty(swarm.torrent().truth()),
            new EnginePeer.Options(c -> c.uploadSlots(1), s -> s));
    List<Waiting> waiting = new ArrayList<>();
    swarm.start().runFor(Duration.ofSeconds(1));
    for (int i = 0; i < 20; i++) {
      SimHost host = swarm.host("peer" + i, LinkProfile.fast(), SimDisk.fast());
      WirePeer.Factory factory =
          wire -> {
            Waiting script = new Waiting(swarm, wire);
            waiting.add(script);
            return script;
          };
      new WirePeer(host, swarm.torrent(), factory).dial(engine.endpoint());
    }
    swarm.runFor(Duration.ofMinutes(10));
    List<Long> before = waiting.stream().map(Waiting::unchokedNanos).toList();
    swarm.runFor(Duration.ofMinutes(30));
    assertThat(waiting).hasSize(20).noneMatch(w -> w.wire.isClosed());
    for (int i = 0; i < waiting.size(); i++) {
      double seconds = (waiting.get(i).unchokedNanos() - before.get(i)) / 1e9;
      assertThat(seconds).isBetween(90 - FAIRNESS_SECONDS, 90 + FAIRNESS_SECONDS);
    }
    swarm.finish();
  }

  /**
   * Twenty peers trade; another one takes and gives nothing. From each of them it gets a 2048th
   * part of the torrent, and next to nothing after that, until the first of them has everything and
   * gives to all alike.
   */
  @ParameterizedTest
  @ValueSource(longs = {79, 80})
  void aFreeRiderGetsNextToNothing(long seed) {
    Swarm swarm = new Swarm(seed, SimTorrent.v1(seed, 65_536, 48 << 20));
    List<EnginePeer> trading = trading(swarm);
    EnginePeer rider =
        swarm.peer("rider", LINE, part(swarm, 0, CONTRIBUTORS), EnginePeer.Options.limits(0, 1));
    swarm.start().runFor(Duration.ofMinutes(1));
    double early = share(rider, trading);
    swarm.runUntil(
        "one has everything",
        () -> trading.stream().anyMatch(EnginePeer::isComplete),
        Duration.ofMinutes(10));
    double share = share(rider, trading);
    System.out.printf(
        "free-rider: %.2f %% of a contributor's share after %d s, %.2f %% after one minute%n",
        100 * share, swarm.world().now() / SECOND, 100 * early);
    assertThat(share).isLessThan(0.05);
    swarm.finish();
  }

  /** The same twenty, and one with nothing that comes later: it can give only what it was given. */
  @Test
  void aNewcomerIsHelpedIntoTheTrade() {
    Swarm swarm = new Swarm(82, SimTorrent.v1(82, 65_536, 48 << 20));
    List<EnginePeer> trading = trading(swarm);
    swarm.start().runFor(Duration.ofSeconds(60));
    double before = mean(trading);
    EnginePeer newcomer = swarm.leech("newcomer", LINE);
    newcomer.start();
    swarm.runFor(Duration.ofMinutes(2));
    double share = downloaded(newcomer) / (mean(trading) - before);
    System.out.printf("newcomer: %.2f %% of a contributor's share in two minutes%n", 100 * share);
    assertThat(share).isGreaterThan(0.5);
    swarm.finish();
  }

  private static List<EnginePeer> trading(Swarm swarm) {
    return IntStream.range(0, CONTRIBUTORS)
        .mapToObj(i ->
            swarm.peer("peer" + i, LINE, part(swarm, i, CONTRIBUTORS), EnginePeer.Options.DEFAULT))
        .toList();
  }

  /** What {@code peer} has received, as a part of what each of {@code others} has. */
  private static double share(EnginePeer peer, List<EnginePeer> others) {
    return downloaded(peer) / mean(others);
  }

  private static double mean(List<EnginePeer> peers) {
    return peers.stream().mapToLong(UnchokeTest::downloaded).average().orElseThrow();
  }

  private static long downloaded(EnginePeer peer) {
    return peer.snapshot().orElseThrow().downloaded();
  }

  /** Each piece is with two of the peers. */
  private static SimVolume part(Swarm swarm, int number, int of) {
    SimVolume volume = SimVolume.empty(swarm.torrent().truth());
    for (int p = 0; p < swarm.torrent().layout().pieceCount(); p++) {
      if (p % of == number || (p + 1) % of == number) {
        volume.put(p);
      }
    }
    return volume;
  }
}
