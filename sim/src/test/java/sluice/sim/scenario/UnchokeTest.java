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
   * Twenty peers trade; another one takes and gives nothing. Each of them gives it one turn of half
   * a minute, and nothing after that.
   */
  @ParameterizedTest
  @ValueSource(longs = {79, 80})
  void aFreeRiderGetsNextToNothing(long seed) {
    int contributors = 20;
    Swarm swarm = new Swarm(seed, SimTorrent.v1(seed, 65_536, 48 << 20));
    LinkProfile line = LinkProfile.home().rates(100_000, 0);
    List<EnginePeer> trading =
        IntStream.range(0, contributors)
            .mapToObj(i ->
                swarm.peer(
                    "peer" + i, line, part(swarm, i, contributors), EnginePeer.Options.DEFAULT))
            .toList();
    EnginePeer rider =
        swarm.peer("rider", line, part(swarm, 0, contributors), EnginePeer.Options.limits(0, 1));
    swarm.start().runFor(Duration.ofMinutes(3));
    double meanBefore = mean(trading);
    long riderBefore = downloaded(rider);
    swarm.runFor(Duration.ofMinutes(3));
    assertThat(trading).noneMatch(EnginePeer::isComplete);
    double share = (downloaded(rider) - riderBefore) / (mean(trading) - meanBefore);
    System.out.printf(
        "free-rider: %.2f %% of a contributor's share, and %.2f %% at first%n",
        100 * share, 100 * riderBefore / meanBefore);
    assertThat(share).isLessThan(0.05);
    swarm.finish();
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
