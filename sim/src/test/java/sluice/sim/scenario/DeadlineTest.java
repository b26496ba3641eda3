package sluice.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.session.Command;
import sluice.engine.session.Engine;
import sluice.sim.net.LinkProfile;

/** A player that says when it needs which piece, from seeds whose uplinks are the bottleneck. */
class DeadlineTest {
  private static final int PIECES = 80;
  private static final int PIECE_BYTES = 65_536;
  private static final int FIRST_DUE = 40;
  private static final int DUE = 20;

  /** The two seeds send three pieces in a second; the player needs two. */
  private static final long RATE = 100_000;

  private static final Duration BEGIN = Duration.ofSeconds(4);
  private static final Duration EACH = Duration.ofMillis(500);

  /** The first to come, in whatever order: what two seeds were sending when it was told. */
  private static final int UNDER_WAY = 8;

  @ParameterizedTest
  @ValueSource(longs = {61, 62, 63})
  void duePiecesComeInOrderAndInTimeAndBeforeOthers(long seed) {
    Swarm swarm = new Swarm(seed, SimTorrent.v1(seed, PIECE_BYTES, (long) PIECES * PIECE_BYTES));
    swarm.seed("seed1", LinkProfile.home().rates(RATE, 0));
    swarm.seed("seed2", LinkProfile.home().rates(RATE, 0));
    EnginePeer player = swarm.leech("player", LinkProfile.home());
    swarm.start().runFor(Duration.ofSeconds(8));
    BitSet before = good(player);
    assertThat(before.cardinality()).isGreaterThan(0);
    long told = swarm.world().now();
    Engine engine = player.engine().orElseThrow();
    for (int i = 0; i < DUE; i++) {
      Duration within = BEGIN.plus(EACH.multipliedBy(i));
      engine.command(
          swarm.torrent().metainfo().info().hashes(), new Command.Due(FIRST_DUE + i, within));
    }
    List<Integer> order = new ArrayList<>();
    long[] cameNanos = new long[PIECES];
    BitSet seen = before;
    while (!IntStream.range(FIRST_DUE, FIRST_DUE + DUE).allMatch(player.volume()::isGood)) {
      swarm.runFor(Duration.ofMillis(50));
      BitSet after = good(player);
      BitSet fresh = (BitSet) after.clone();
      fresh.andNot(seen);
      fresh.stream()
          .forEach(piece -> {
            order.add(piece);
            cameNanos[piece] = swarm.world().now();
          });
      seen = after;
    }
    System.out.printf("seed %d: pieces came in the order %s%n", seed, order);
    List<Integer> due = order.stream().filter(DeadlineTest::isDue).toList();
    for (int i = 0; i < due.size(); i++) {
      int piece = due.get(i);
      long lateNanos =
          cameNanos[piece] - told - BEGIN.plus(EACH.multipliedBy(piece - FIRST_DUE)).toNanos();
      assertThat(lateNanos).as("piece %d of %s", piece, order).isLessThanOrEqualTo(0);
    }
    assertThat(order.stream().filter(p -> !isDue(p)).count()).isLessThanOrEqualTo(UNDER_WAY);
    List<Integer> later = order.stream().skip(UNDER_WAY).filter(DeadlineTest::isDue).toList();
    assertThat(later).hasSizeGreaterThan(DUE / 4);
    assertThat(outOfOrder(later)).isLessThanOrEqualTo(1);
    swarm.finish();
  }

  private static boolean isDue(int piece) {
    return piece >= FIRST_DUE && piece < FIRST_DUE + DUE;
  }

  /** How many places a piece is away from where it belongs, at most. */
  private static int outOfOrder(List<Integer> pieces) {
    List<Integer> sorted = pieces.stream().sorted().toList();
    return IntStream.range(0, pieces.size())
        .map(i -> Math.abs(sorted.indexOf(pieces.get(i)) - i))
        .max()
        .orElse(0);
  }

  private static BitSet good(EnginePeer peer) {
    BitSet good = new BitSet();
    IntStream.range(0, PIECES).filter(peer.volume()::isGood).forEach(good::set);
    return good;
  }
}
