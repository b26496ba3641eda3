package sluice.engine.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.fake.FarPeer;
import sluice.engine.peer.PeerWorld.Connected;
import sluice.engine.port.Fault;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;

class AnswersPropertyTest {
  private static final int BLOCK = PieceLayout.BLOCK;
  private static final int STEPS = 600;

  /** With fast, whatever happens, each request is answered by exactly one block or one refusal. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void eachRequestHasOneAnswer(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PeerWorld world = new PeerWorld(24, 0, random.nextBoolean() ? 0 : 2_000_000);
    Connected peer = world.connect(true);
    Map<Long, Integer> open = new HashMap<>();
    for (int step = 0; step < STEPS; step++) {
      act(random, world, peer, open);
      count(peer, open);
    }
    settle(world, peer);
    count(peer, open);
    assertThat(open.values()).as("seed %d", seed).allMatch(n -> n == 0);
    assertThat(peer.far().pipe().isClosed()).isFalse();
    assertThat(world.pool.available()).isEqualTo(24);
  }

  private static void act(
      SplittableRandom random, PeerWorld world, Connected peer, Map<Long, Integer> open) {
    int piece = random.nextInt(PeerWorld.PIECES);
    int begin = random.nextInt(PeerWorld.BLOCKS) * BLOCK;
    switch (random.nextInt(20)) {
      case 0 -> peer.near().choke();
      case 1 -> peer.near().unchoke();
      case 2 -> peer.near().offerFast(piece);
      case 3 -> world.storage.hold();
      case 4, 5 -> world.storage.resume();
      case 6 -> world.served.flip(piece);
      case 7, 8 -> peer.far().say(new Message.Cancel(piece, begin, BLOCK));
      case 9 ->
          world.storage.readFault =
              random.nextBoolean()
                  ? Optional.of(new Fault(Fault.Kind.NO_SPACE, "no block"))
                  : Optional.empty();
      case 10, 11 -> world.turn();
      case 12, 13 -> peer.near().pump();
      case 14 -> world.loop.run(random.nextInt(1_000_000_000));
      default -> {
        open.merge(key(piece, begin), 1, Integer::sum);
        peer.far().say(new Message.Request(piece, begin, BLOCK));
      }
    }
  }

  private static void settle(PeerWorld world, Connected peer) {
    world.storage.readFault = Optional.empty();
    world.storage.resume();
    for (int i = 0; i < 300; i++) {
      world.loop.run(100_000_000);
      peer.near().pump();
    }
  }

  private static void count(Connected peer, Map<Long, Integer> open) {
    for (FarPeer.Piece block : peer.far().blocks()) {
      answered(open, key(block.piece(), block.begin()));
    }
    for (Message.RejectRequest refusal : peer.far().heard(Message.RejectRequest.class)) {
      answered(open, key(refusal.piece(), refusal.begin()));
    }
  }

  private static void answered(Map<Long, Integer> open, long key) {
    assertThat(open.merge(key, -1, Integer::sum)).as("answers too many").isNotNegative();
  }

  private static long key(int piece, int begin) {
    return ((long) piece << 32) | begin;
  }
}
