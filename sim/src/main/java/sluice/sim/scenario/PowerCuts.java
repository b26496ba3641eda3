package sluice.sim.scenario;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.engine.session.EngineEvent;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.PieceSet;
import sluice.sim.disk.SimDisk;
import sluice.sim.disk.SimKeeper;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;
import sluice.sim.world.Chance;
import sluice.sim.world.SimWorld;

/**
 * A download that ends again and again: the power fails, the process is killed, or it stops as it
 * should. After each end what is recorded must be on disk, what was there a while before must be
 * kept, and only what was in doubt may be read again.
 */
public final class PowerCuts {
  private static final int PIECES = 60;
  private static final int LARGE_PIECES = 10;
  private static final int LARGE_BYTES = 1 << 20;
  private static final int MOST_ENDS = 40;
  private static final long STEP_NANOS = 100_000_000L;
  private static final long POWER_NANOS = 5_000_000_000L;
  private static final long KILL_NANOS = 1_000_000_000L;

  /** What came before that is kept, even of a piece that is not complete. */
  private static final long KEPT_NANOS = 15_000_000_000L;

  private static final long SHORT_NANOS = 1_000_000_000L;
  private static final long LONGEST_NANOS = 6_000_000_000L;
  private static final Duration CHECK_LIMIT = Duration.ofSeconds(20);
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final boolean large;
  private final Chance chance;
  private final Swarm swarm;
  private final EnginePeer seed;
  private final EnginePeer leech;
  private final SimKeeper keeper;
  private final CutSums sums = new CutSums();

  /** What the engine had, each tenth of a second, as far back as it matters. */
  private final ArrayDeque<Moment> past = new ArrayDeque<>();

  /** What was received and not finished, as far back as it matters, in earlier processes, too. */
  private final ArrayDeque<Received> ledger = new ArrayDeque<>();

  /** Payload that earlier processes received. */
  private long earlier;

  private Received last = new Received(0, 0, 0);
  private Bytes began = new Bytes(0, 0);

  private record Moment(long atNanos, int have) {}

  /**
   * What had come at a time.
   *
   * @param total payload of all processes
   * @param unfinished payload of this process, or what it began with, that is in no whole piece
   */
  private record Received(long atNanos, long total, long unfinished) {}

  /** Data bytes in whole pieces and kept blocks, and payload received. */
  private record Bytes(long have, long received) {
    Bytes and(long kept) {
      return new Bytes(have + kept, received);
    }
  }

  private PowerCuts(long seedNumber, boolean large) {
    this.large = large;
    this.chance = new Chance(seedNumber).child("power cuts");
    int pieceLength = large ? LARGE_BYTES : 16_384 << chance.nextInt(3);
    SimTorrent torrent = torrent(pieceLength);
    this.swarm = new Swarm(seedNumber, torrent).withoutTracker();
    long bytesPerSecond = (long) pieceLength * chance.between(1, 8) / (large ? 32 : 1);
    this.seed = swarm.seed("seed", LinkProfile.home().rates(bytesPerSecond, 0));
    this.keeper = new SimKeeper(torrent.layout().pieceCount());
    swarm.memory(chance.happens(0.3) ? 16 : 256);
    SimDisk disk = chance.happens(0.8) ? SimDisk.fast() : SimDisk.slow();
    this.leech =
        swarm.peer(
            swarm.host("leech", LinkProfile.home(), disk),
            SimVolume.empty(torrent.truth()),
            EnginePeer.Options.kept(keeper));
  }

  private SimTorrent torrent(int pieceLength) {
    long content = chance.nextLong();
    Version version = List.of(Version.values()).get(chance.nextInt(Version.values().length));
    long most = (long) pieceLength * (large ? LARGE_PIECES : PIECES);
    return chance.happens(0.5)
        ? SimTorrent.of(version, content, pieceLength, most - chance.nextInt(pieceLength))
        : SimTorrent.folder(
            version,
            chance.happens(0.5),
            content,
            pieceLength,
            1 + chance.nextLong(most / 2),
            chance.nextLong(3L * pieceLength),
            1 + chance.nextLong(most / 2));
  }

  /** Lives through the history of {@code seed}. */
  public static CutSums run(long seed) {
    return new PowerCuts(seed, false).run();
  }

  /** Lives through one with large pieces on a slow line: a piece takes 4 to 32 seconds. */
  public static CutSums runLarge(long seed) {
    return new PowerCuts(seed, true).run();
  }

  private CutSums run() {
    swarm.start();
    for (int i = 0; i < MOST_ENDS && !leech.isComplete(); i++) {
      live((large ? 10 : 1) * chance.nextLong(chance.happens(0.3) ? SHORT_NANOS : LONGEST_NANOS));
      end();
    }
    swarm.runUntil("leech complete", leech::isComplete, LIMIT);
    require(leech.volume().isTrue(), "a wrong byte");
    sums.bytes = swarm.torrent().layout().dataLength();
    note();
    sums.receivedBytes = last.total();
    sums.fetchedBytes = seed.snapshot().orElseThrow().uploaded();
    swarm.finish();
    return sums;
  }

  /** Lets {@code nanos} pass, and notes what is there. */
  private void live(long nanos) {
    for (long left = nanos; left > 0; left -= STEP_NANOS) {
      past.addLast(new Moment(world().now(), have()));
      note();
      while (past.size() > 1 + POWER_NANOS / STEP_NANOS) {
        past.removeFirst();
      }
      swarm.runFor(Duration.ofNanos(Math.min(left, STEP_NANOS)));
    }
  }

  private SimWorld world() {
    return swarm.world();
  }

  private int good() {
    int good = 0;
    for (int i = 0; i < swarm.torrent().layout().pieceCount(); i++) {
      good += leech.volume().isTrue(i) ? 1 : 0;
    }
    return good;
  }

  private boolean isShown() {
    return leech.snapshot().filter(s -> s.phase() != TorrentSnapshot.Phase.CHECKING).isPresent();
  }

  private Bytes bytes() {
    return leech.snapshot().map(s -> new Bytes(s.haveBytes(), s.downloaded())).orElse(began);
  }

  /** Notes what has come. */
  private void note() {
    Bytes bytes = bytes();
    long fresh = bytes.received() - began.received();
    long unfinished = Math.max(0, began.have() + fresh - bytes.have());
    last = new Received(world().now(), earlier + fresh, unfinished);
    ledger.addLast(last);
    while (ledger.size() > 1 + 2 * KEPT_NANOS / STEP_NANOS) {
      ledger.removeFirst();
    }
  }

  /** Pieces that the engine said to have a moment ago. */
  private int have() {
    return leech.snapshot().map(TorrentSnapshot::havePieces).orElse(0);
  }

  private void end() {
    int before = have();
    note();
    long now = world().now();
    int kind = chance.nextInt(20);
    if (kind < 14) {
      powerCut(now);
      sums.lostByPowerCuts += restart(before, now - POWER_NANOS, Optional.of("power cut"));
    } else if (kind < 18) {
      sums.kills++;
      leech.crash(false);
      keeper.kill(now, chance);
      sums.lostByKills += restart(before, now - KILL_NANOS, Optional.of("kill"));
    } else {
      sums.stops++;
      stop(chance.happens(0.3));
      restart(before, world().now(), Optional.empty());
    }
  }

  private void powerCut(long now) {
    sums.powerCuts++;
    leech.crash(true);
    leech.volume().crash(chance);
    keeper.powerCut(now, chance);
    swarm.network().reset(leech.endpoint().address(), seed.endpoint().address());
  }

  /** Stops; if {@code impatient} the power fails while it does. */
  private void stop(boolean impatient) {
    var stopped = leech.stop().toCompletableFuture();
    if (impatient) {
      swarm.runFor(Duration.ofNanos(chance.nextLong(40_000_000L)));
      if (!stopped.isDone()) {
        powerCut(world().now());
        return;
      }
    }
    swarm.runUntil("leech stopped", stopped::isDone, CHECK_LIMIT);
    leech.exit();
    if (chance.happens(0.5)) {
      leech.volume().crash(chance);
    }
  }

  /** Starts again and gives the number of pieces that were there {@code before} and are not. */
  private int restart(int before, long keptSince, Optional<String> unclean) {
    PieceSet recorded = keeper.have();
    for (int i = recorded.nextSet(0); i >= 0; i = recorded.nextSet(i + 1)) {
      require(leech.volume().isTrue(i), "piece " + i + " is recorded and not there");
    }
    swarm.runFor(Duration.ofNanos(chance.nextLong(500_000_000L)));
    leech.restart();
    swarm.runUntil("leech checked", () -> leech.hasTold(EngineEvent.Checked.class), CHECK_LIMIT);
    OptionalLong first = leech.snapshot().stream().mapToLong(TorrentSnapshot::downloaded).findAny();
    swarm.runUntil("leech shows it", this::isShown, CHECK_LIMIT);
    int have = checked();
    int good = good();
    require(have <= good, "claims " + have + " pieces and has " + good);
    checkReads();
    int must =
        past.stream()
            .filter(m -> m.atNanos() <= keptSince)
            .reduce((a, b) -> b)
            .map(Moment::have)
            .orElse(0);
    if (unclean.isPresent()) {
      require(have >= must, unclean.get() + ": has " + have + " of " + must + " earlier pieces");
      checkLoss(keptSince, unclean.get());
    }
    past.clear();
    long known = began.have() + last.total() - earlier;
    began = bytes().and(kept());
    long unseen = Math.max(0, began.have() - known); // It came after the last snapshot.
    long fresh = began.received() - first.orElse(began.received());
    earlier = last.total() + Math.max(unseen, fresh);
    return Math.max(0, before - have);
  }

  /**
   * What has to be fetched again is no more than what was received since {@code keptSince}, and
   * what belonged to unfinished pieces then.
   */
  private void checkLoss(long keptSince, String how) {
    Received then = ledger(keptSince);
    long again = began.have() + last.total() - earlier - bytes().and(kept()).have();
    long recent = last.total() - then.total();
    long unfinished = then.unfinished();
    require(
        again <= recent + unfinished,
        how + ": loses " + again + " bytes of " + recent + " recent and " + unfinished + " others");
    long young = last.total() - ledger(last.atNanos() - KEPT_NANOS).total();
    require(again <= young, how + ": loses " + again + " bytes; only " + young + " are young");
    sums.again(how, Math.max(0, again), swarm.torrent().layout().dataLength());
  }

  private Received ledger(long atNanos) {
    return ledger.stream()
        .filter(m -> m.atNanos() <= atNanos)
        .reduce((a, b) -> b)
        .orElse(new Received(0, 0, 0));
  }

  /**
   * Bytes of unfinished pieces that an earlier process left and this one goes on with. A piece with
   * all its blocks counts as one that is there.
   */
  private long kept() {
    PieceLayout layout = swarm.torrent().layout();
    long bytes = 0;
    for (Map.Entry<Integer, BitSet> piece : keeper.lastUnfinished().entrySet()) {
      BitSet blocks = piece.getValue();
      if (blocks.cardinality() < layout.blockCount(piece.getKey()) && !isThere(piece.getKey())) {
        bytes += blocks.stream().mapToLong(b -> layout.blockLength(piece.getKey(), b)).sum();
      }
    }
    return bytes;
  }

  /** Whether the process found the piece at its start. */
  private boolean isThere(int piece) {
    return leech.storage().orElseThrow().checked().get(piece) && leech.volume().isTrue(piece);
  }

  private int checked() {
    return leech.events().stream()
        .filter(EngineEvent.Checked.class::isInstance)
        .map(e -> ((EngineEvent.Checked) e).have())
        .findFirst()
        .orElseThrow();
  }

  /** Only what is in doubt is read. */
  private void checkReads() {
    BitSet read = leech.storage().orElseThrow().checked();
    sums.checked += read.cardinality();
    Optional<BitSet> doubtful = keeper.lastDoubtful();
    if (doubtful.isEmpty()) {
      sums.wholeChecks++;
      return;
    }
    BitSet more = (BitSet) read.clone();
    more.andNot(doubtful.get());
    require(more.isEmpty(), "checks " + more + ", which is not in doubt");
  }

  private void require(boolean holds, String text) {
    if (!holds) {
      Optional<TorrentSnapshot> now = leech.snapshot();
      throw new AssertionError(
          "seed %d at %.3f s: %s; %s".formatted(world().seed(), world().now() / 1e9, text, now));
    }
  }
}
