package sluice.engine.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.engine.peer.PeerWorld.requests;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FarPeer;
import sluice.engine.peer.PeerWorld.Connected;
import sluice.engine.port.Fault;
import sluice.engine.port.Fault.Kind;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;

class UploadsTest {
  private static final int BLOCK = PieceLayout.BLOCK;
  private static final long TRIAL_BYTES = 512 << 10;
  private static final long FAST_AHEAD_BYTES = 1 << 20;
  private static final long GATHERED_BYTES = 256 << 10;
  private static final int WARM_UP_BLOCKS = 300;
  private static final int TENTH_NANOS = 100_000_000;

  private PeerWorld world = new PeerWorld(4_096, 0, 0);

  @AfterEach
  void nothingLeaks() {
    world.assertNothingLeaks();
  }

  @Test
  void readsInBatchesTwoAhead() {
    Connected peer = world.connect(false);
    peer.near().unchoke();
    world.storage.hold();
    peer.far().say(requests(40));
    assertThat(world.storage.log).containsExactly("read 16", "read 16");
    world.storage.resume();
    world.turn();
    assertThat(world.storage.log).containsExactly("read 16", "read 16", "read 8");
    List<FarPeer.Piece> got = peer.far().blocks();
    assertThat(got).hasSize(40);
    assertThat(got.get(5).data()).isEqualTo(world.content.block(1, 1));
    assertThat(world.sent).isEqualTo(40L * BLOCK);
  }

  /** Shows that the peer is fast. */
  private void warmUp(Connected peer) {
    peer.far().say(requests(WARM_UP_BLOCKS));
    world.turn();
    assertThat(peer.far().blocks()).hasSize(WARM_UP_BLOCKS);
    world.storage.log.clear();
  }

  @Test
  void aRequestOfManyBlocksIsOneAnswer() {
    Connected peer = world.connect(false);
    peer.near().unchoke();
    peer.far().say(new Message.Request(2, BLOCK + 5, 3 * BLOCK - 9));
    world.turn();
    List<FarPeer.Piece> got = peer.far().blocks();
    assertThat(got).hasSize(1);
    assertThat(got.getFirst().data()).isEqualTo(world.content.slice(2, BLOCK + 5, 3 * BLOCK - 9));
  }

  @Test
  void readsLittleAheadForAPeerThatTakesNothing() {
    Connected peer = world.connect(false);
    peer.near().unchoke();
    assertWaiting(peer, TRIAL_BYTES);
  }

  @Test
  void readsAheadForAFastPeer() {
    Connected peer = world.connect(false);
    peer.near().unchoke();
    warmUp(peer);
    assertWaiting(peer, FAST_AHEAD_BYTES);
  }

  /** The pipe is stuck: so many bytes wait, to the block. */
  private void assertWaiting(Connected peer, long bytes) {
    peer.far().pipe().stuck(true);
    peer.far().say(requests(200));
    world.turn();
    assertThat(peer.far().pipe().pending()).isBetween(bytes, bytes + 2 * 16 * BLOCK + 200 * 13);
    peer.far().pipe().stuck(false);
    world.turn();
    assertThat(peer.far().blocks()).hasSize(200);
  }

  /** The disk is faster than the loop, which encrypts: the turn is long, and yet bytes leave. */
  @Test
  void aLongTurnDoesNotGatherEverything() {
    Connected peer = world.connect(false);
    peer.near().unchoke();
    world.storage.hold();
    peer.far().say(requests(Uploads.MAX_QUEUED));
    world.storage.resumeInOneTurn();
    assertThat(peer.far().pipe().pending()).isLessThan(GATHERED_BYTES + BLOCK);
    assertThat(world.sent).isEqualTo((long) Uploads.MAX_QUEUED * BLOCK);
    assertThat(peer.far().pipe().isClosed()).isFalse();
    world.turn();
    assertThat(peer.far().blocks()).hasSize(Uploads.MAX_QUEUED);
  }

  /** Nothing but the loop's own turns is needed: no tick, no message. */
  @Test
  void manyWhoTakeNothingDoNotDelayAnother() {
    world = new PeerWorld(1_024, 0, 0);
    for (int i = 0; i < 240; i++) {
      Connected stuck = world.connect(false);
      stuck.near().unchoke();
      stuck.far().pipe().stuck(true);
      stuck.far().say(requests(100));
      world.turn();
    }
    Connected peer = world.connect(false);
    peer.near().unchoke();
    peer.far().say(requests(500));
    world.turn();
    assertThat(peer.far().blocks()).hasSize(500);
    world.closeAll();
  }

  @Test
  void aTurnEndsWithWhatThePeerMayBeGiven() {
    Connected peer = world.connect(true);
    peer.near().unchoke();
    peer.near().slot().most(3 * BLOCK - 1);
    peer.far().say(requests(20));
    world.turn();
    assertThat(peer.far().blocks()).hasSize(3);
    assertThat(peer.near().slot().isSpent()).isTrue();
    peer.near().choke();
    peer.near().unchoke();
    assertThat(peer.near().slot().isSpent()).isFalse();
    peer.far().say(requests(20));
    world.turn();
    assertThat(peer.far().blocks()).hasSize(20);
  }

  @Test
  void whatWasNotReadDoesNotCountForTheTurn() {
    Connected peer = world.connect(false);
    peer.near().unchoke();
    peer.near().slot().most(2 * BLOCK);
    world.storage.readFault = Optional.of(new Fault(Kind.NO_SPACE, "no block"));
    peer.far().say(requests(4));
    world.turn();
    assertThat(peer.near().slot().givenBytes()).isZero();
    world.storage.readFault = Optional.empty();
    peer.near().pump();
    world.turn();
    assertThat(peer.far().blocks()).hasSize(2);
  }

  /** 100 kB/s for 5 s: the burst, what time brings, and at most a block on credit. */
  @Test
  void keepsTheRateLimit() {
    world = new PeerWorld(64, 0, 100_000);
    Connected peer = world.connect(false);
    peer.near().unchoke();
    peer.far().say(requests(80));
    for (int i = 0; i < 50; i++) {
      world.loop.run(TENTH_NANOS);
      peer.near().pump();
    }
    world.turn();
    assertThat(world.sent).isBetween(500_000L, 32_768L + 500_000 + BLOCK);
    peer.near().close();
  }

  @Test
  void retriesWhenThePoolWasUsedUpWithoutPayingTwice() {
    world = new PeerWorld(64, 0, 4 * 16 * BLOCK);
    Connected peer = world.connect(false);
    peer.near().unchoke();
    world.storage.readFault = Optional.of(new Fault(Kind.NO_SPACE, "no block"));
    peer.far().say(requests(4));
    for (int i = 0; i < 10; i++) {
      world.turn();
      peer.near().pump();
    }
    world.storage.readFault = Optional.empty();
    world.turn();
    peer.near().pump();
    world.turn();
    assertThat(peer.far().blocks())
        .extracting(FarPeer.Piece::begin)
        .containsExactly(0, BLOCK, 2 * BLOCK, 3 * BLOCK);
    assertThat(world.up.available(world.loop.now())).isEqualTo(12L * BLOCK);
  }

  @Test
  void otherReadFaultsAreTold() {
    Connected peer = world.connect(false);
    peer.near().unchoke();
    world.storage.readFault = Optional.of(new Fault(Kind.IO, "broken"));
    peer.far().say(requests(1));
    world.turn();
    assertThat(world.told).contains("read fault IO");
  }

  @Test
  void memoryForFewBlocksServesFewAtATime() {
    world = new PeerWorld(5, 0, 0);
    Connected peer = world.connect(false);
    peer.near().unchoke();
    peer.far().say(requests(40));
    for (int i = 0; i < 20; i++) {
      world.turn();
      peer.near().pump();
    }
    assertThat(peer.far().blocks()).hasSize(40);
  }

  @Test
  void blocksReadForAPeerThatIsGoneAreReleased() {
    Connected peer = world.connect(false);
    peer.near().unchoke();
    world.storage.hold();
    peer.far().say(requests(40));
    peer.far().pipe().reset();
    world.turn();
    world.storage.resume();
    world.turn();
    assertThat(world.storage.log).containsExactly("read 16", "read 16");
    assertThat(world.sent).isZero();
  }

  @Test
  void holdsBlocksUntilTheyHaveLeft() {
    Connected peer = world.connect(false);
    peer.near().unchoke();
    peer.far().pipe().stuck(true);
    peer.far().say(requests(10));
    world.turn();
    assertThat(world.pool.available()).isEqualTo(world.pool.capacity() - 10);
    peer.near().close();
    assertThat(world.pool.available()).isEqualTo(world.pool.capacity());
  }
}
