package sluice.sim.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import sluice.sim.disk.SimDisk;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;
import sluice.sim.net.Site;
import sluice.sim.world.Chance;

/**
 * A swarm in which everything is drawn from a seed: torrent, lines, disks, bad peers and what goes
 * wrong when. One honest seed stays, so that every engine must finish.
 */
public final class RandomSwarm {
  private static final Duration LIMIT = Duration.ofHours(3);
  private static final int MOST_MISHAPS = 6;

  private final long seed;
  private final Chance chance;
  private final Swarm swarm;
  private final List<EnginePeer> leeches = new ArrayList<>();

  private RandomSwarm(long seed) {
    this.seed = seed;
    this.chance = new Chance(seed).child("random swarm");
    int pieceLength = 16_384 << chance.nextInt(4);
    long most = (long) pieceLength * chance.between(1, 40);
    this.swarm = new Swarm(seed, SimTorrent.any(chance.child("torrent"), pieceLength, most));
    if (chance.happens(0.3)) {
      swarm.ipv6();
    }
    swarm.memory(chance.between(16, 300));
  }

  /** Lives through the history of {@code seed}; gives its digest. */
  public static long run(long seed) {
    return new RandomSwarm(seed).run();
  }

  private long run() {
    swarm.seed("seed", chance.happens(0.5) ? LinkProfile.home() : LinkProfile.fast());
    int count = chance.between(1, 12);
    for (int i = 0; i < count; i++) {
      leeches.add(leech("leech" + i));
    }
    swarm.start();
    int bad = chance.nextInt(4);
    for (int i = 0; i < bad; i++) {
      badPeer("bad" + i);
    }
    int mishaps = chance.nextInt(MOST_MISHAPS);
    for (int i = 0; i < mishaps; i++) {
      swarm.runFor(Duration.ofMillis(chance.between(10, 20_000)));
      mishap();
    }
    swarm.network().heal();
    swarm.tracker().up();
    leeches.stream().filter(p -> !p.isRunning()).forEach(EnginePeer::restart);
    swarm.complete(LIMIT);
    return swarm.finish();
  }

  private EnginePeer leech(String name) {
    SimDisk disk = chance.happens(0.8) ? SimDisk.fast() : SimDisk.slow();
    SimVolume volume = SimVolume.empty(swarm.torrent().truth());
    double start = chance.happens(0.3) ? 0.5 : 0;
    for (int piece = 0; piece < volume.layout().pieceCount(); piece++) {
      if (chance.happens(start)) {
        volume.put(piece);
        if (chance.happens(0.1)) {
          volume.corrupt(piece);
        }
      }
    }
    EnginePeer.Options options =
        chance.happens(0.2)
            ? EnginePeer.Options.limits(chance.between(50_000, 500_000), 100_000)
            : EnginePeer.Options.DEFAULT;
    return swarm.peer(swarm.host(name, line(), disk), volume, options);
  }

  private LinkProfile line() {
    LinkProfile line =
        switch (chance.nextInt(3)) {
          case 0 -> LinkProfile.fast();
          case 1 -> LinkProfile.home();
          default -> LinkProfile.poor();
        };
    return chance.happens(0.2) ? line.filtered() : line;
  }

  private void badPeer(String name) {
    Chance own = chance.child(name);
    WirePeer.Factory manner =
        switch (chance.nextInt(10)) {
          case 0 -> Misbehaviour.liar(own, 0.3);
          case 1 -> Misbehaviour.mute();
          case 2 -> Misbehaviour.rejecting();
          case 3 -> Misbehaviour.choking();
          case 4 -> Misbehaviour.fickle();
          case 5 -> Misbehaviour.flooding(200);
          case 6 -> Misbehaviour.garbage(own);
          case 7 -> Misbehaviour.greedy(chance.between(1, 40));
          case 8 -> Misbehaviour.liar(own, 0);
          default -> Misbehaviour.slow(1_000_000_000L * chance.between(1, 30));
        };
    WirePeer peer =
        new WirePeer(swarm.host(name, line(), SimDisk.fast()), swarm.torrent(), manner).listen();
    if (chance.happens(0.3)) {
      peer.oldFashioned();
    }
    leeches.forEach(leech -> peer.dial(leech.endpoint()));
  }

  private void mishap() {
    EnginePeer one = leeches.get(chance.nextInt(leeches.size()));
    EnginePeer other = swarm.peers().get(chance.nextInt(swarm.peers().size()));
    switch (chance.nextInt(6)) {
      case 0 -> swarm.network().cut(one.endpoint().address(), other.endpoint().address());
      case 1 -> swarm.network().isolate(one.endpoint().address());
      case 2 -> swarm.network().reset(one.endpoint().address(), other.endpoint().address());
      case 3 -> swarm.tracker().down(new Site.Answer.Refused());
      case 4 -> swarm.network().heal();
      default -> crashOrRestart(one);
    }
  }

  private void crashOrRestart(EnginePeer peer) {
    if (peer.isRunning()) {
      peer.crash(chance.happens(0.5));
      peer.volume().crash(chance);
    } else {
      peer.restart();
    }
  }

  @Override
  public String toString() {
    return "random swarm " + seed;
  }
}
