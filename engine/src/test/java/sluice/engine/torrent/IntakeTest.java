package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FarPeer;
import sluice.engine.fake.Hosts;
import sluice.engine.pick.PieceState;
import sluice.engine.port.Fault;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;

class IntakeTest {
  private static final int BLOCK = PieceLayout.BLOCK;

  private TorrentWorld world = new TorrentWorld(Content.of(2, 4), 64);

  @AfterEach
  void nothingLeaks() {
    world.storage.resume();
    world.torrent().stop(() -> world.told.add("stopped"));
    world.loop.runSeconds(1);
    assertThat(world.told).contains("stopped");
    assertThat(world.isClean()).as("memory is free").isTrue();
  }

  @Test
  void commitsAPieceOnceWhenItIsFull() {
    world.start();
    FarPeer seed = world.seed(1);
    world.run(1, seed);
    assertThat(world.storage.log)
        .containsExactlyInAnyOrder("check", "prepare", "commit 0", "commit 1", "probe");
  }

  /** Whoever sent a wrong piece alone is banned; another peer sends the right one. */
  @Test
  void aWrongPieceFromOnePeerBansIt() {
    world.start();
    FarPeer liar = world.seed(1);
    world.pump();
    for (Message.Request request : liar.heard(Message.Request.class)) {
      if (!liar.pipe().isClosed()) {
        liar.sayBlock(request.piece(), request.begin(), new byte[BLOCK]);
      }
    }
    world.run(1);
    assertThat(world.told).contains("banned " + Hosts.host(1));
    assertThat(liar.pipe().isClosed()).isTrue();
    assertThat(world.torrent().counters().wasted()).isEqualTo(8L * BLOCK);
    FarPeer again = world.join(Hosts.host(1, 7_000), world.handshake(9, true, false));
    assertThat(again.pipe().isClosed()).as("banned, whatever the port").isTrue();
    world.run(2, world.seed(2));
    assertThat(world.told).contains("completed");
  }

  /** Of a wrong piece from two peers, the liar is found when the right one has come. */
  @Test
  void aWrongBlockAmongRightOnesIsFound() {
    world = new TorrentWorld(Content.of(1, 4), 64);
    world.start();
    FarPeer liar = world.seed(1);
    world.pump();
    Message.Request first = liar.heard(Message.Request.class).getFirst();
    liar.sayBlock(first.piece(), first.begin(), new byte[BLOCK]);
    liar.say(new Message.Choke());
    FarPeer honest = world.seed(2);
    for (int i = 0; i < 4; i++) {
      for (int block = 0; block < 4; block++) {
        liar.say(new Message.RejectRequest(0, block * BLOCK, BLOCK));
      }
    }
    world.run(3, honest);
    assertThat(world.told).contains("banned " + Hosts.host(1), "completed");
    assertThat(world.told).doesNotContain("banned " + Hosts.host(2));
    assertThat(honest.pipe().isClosed()).as("complete").isTrue();
  }

  /** Pieces of 1 MiB through a pool of 16 blocks. */
  @Test
  void spillsPiecesThatAreLargerThanThePool() {
    world = new TorrentWorld(Content.of(2, 64), 16);
    world.start();
    FarPeer seed = world.seed(1);
    world.run(120, seed);
    assertThat(world.told).containsExactly("checked 0/2", "completed");
    assertThat(world.storage.log).contains("verify 0", "verify 1");
    assertThat(world.storage.log).doesNotContain("commit 0", "commit 1");
    assertThat(world.torrent().counters().wasted()).isZero();
  }

  /** Two torrents share the memory; the one whose peers are gone gives back what it holds. */
  @Test
  void spillsForTheSakeOfOtherTorrents() {
    world = new TorrentWorld(Content.of(2, 64), 32);
    world.start();
    FarPeer seed = world.seed(1);
    world.pump();
    for (Message.Request request : seed.heard(Message.Request.class)) {
      seed.sayBlock(request.piece(), request.begin(), world.block(request));
    }
    seed.pipe().reset();
    world.loop.run(0);
    assertThat(world.budget.receiving()).isZero();
    int promised = 0;
    while (world.budget.reserveReceive()) {
      promised++;
    }
    world.run(2);
    assertThat(world.pool.available()).isEqualTo(32);
    while (promised-- > 0) {
      world.budget.cancelReceive();
    }
  }

  @Test
  void aFaultOfASpillStopsTheTorrent() {
    world = new TorrentWorld(Content.of(2, 64), 16);
    world.start();
    FarPeer seed = world.seed(1);
    world.storage.spillFault = Optional.of(new Fault(Fault.Kind.IO, "broken"));
    world.run(5, seed);
    assertThat(world.told).containsExactly("checked 0/2", "faulted IO");
  }

  @Test
  void ablockThatIsCutOffIsAskedOfOthers() {
    world.start();
    FarPeer first = world.seed(1);
    world.pump();
    Message.Request request = first.heard(Message.Request.class).getFirst();
    byte[] bytes = FarPeer.blockBytes(request.piece(), request.begin(), world.block(request));
    first.pipe().deliver(Arrays.copyOf(bytes, 5_000));
    assertThat(world.pool.available()).isEqualTo(63);
    first.pipe().reset();
    world.loop.run(0);
    assertThat(world.isClean()).isTrue();
    world.run(2, world.seed(2));
    assertThat(world.told).contains("completed");
    assertThat(world.torrent().counters().wasted()).isZero();
  }

  /** In the endgame the second copy of a block is withdrawn, or wasted if it was on its way. */
  @Test
  void copiesOfTheEndgameAreWithdrawn() {
    world.start();
    FarPeer first = world.seed(1);
    FarPeer second = world.seed(2);
    world.pump();
    List<Message.Request> asked = first.heard(Message.Request.class);
    assertThat(asked).hasSize(8);
    List<Message.Request> copies = second.heard(Message.Request.class);
    assertThat(copies).hasSize(8).containsExactlyInAnyOrderElementsOf(asked);
    Message.Request request = asked.getFirst();
    second.sayBlock(request.piece(), request.begin(), world.block(request));
    world.loop.run(0);
    assertThat(first.heard(Message.Cancel.class))
        .containsExactly(new Message.Cancel(request.piece(), request.begin(), BLOCK));
    first.sayBlock(request.piece(), request.begin(), world.block(request));
    assertThat(world.torrent().counters().wasted()).isEqualTo(BLOCK);
    Message.Request other = asked.get(1);
    byte[] bytes = FarPeer.blockBytes(other.piece(), other.begin(), world.block(other));
    first.pipe().deliver(Arrays.copyOf(bytes, 5_000));
    second.sayBlock(other.piece(), other.begin(), world.block(other));
    first.pipe().deliver(Arrays.copyOfRange(bytes, 5_000, bytes.length));
    assertThat(world.torrent().counters().wasted()).isEqualTo(2L * BLOCK);
    asked.stream().skip(2).forEach(r -> second.sayBlock(r.piece(), r.begin(), world.block(r)));
    world.run(1);
    assertThat(world.told).contains("completed");
  }

  @Test
  void blocksThatNobodyAskedForAreWasted() {
    world.start();
    FarPeer peer = world.join(1, true);
    peer.say(new Message.HaveAll());
    peer.sayBlock(0, 0, world.content.block(0, 0));
    peer.sayBlock(0, 5, new byte[7]);
    assertThat(world.torrent().counters().wasted()).isEqualTo(BLOCK + 7);
    assertThat(world.torrent().picker().state(0)).isEqualTo(PieceState.ABSENT);
  }
}
