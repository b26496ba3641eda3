package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FarPeer;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;

/** Peers that ask for blocks and take none keep neither slots nor memory from others. */
class TakingNothingTest {
  private static final int SLOTS = 8;
  private static final int PIECES = 8;

  private TorrentWorld world = new TorrentWorld(Content.of(PIECES, 4), 2_048);

  @AfterEach
  void nothingLeaks() {
    world.torrent().stop(() -> world.told.add("stopped"));
    world.loop.runSeconds(1);
    assertThat(world.isClean()).as("memory is free").isTrue();
  }

  private List<FarPeer> stuck(int count) {
    world.storage.fill();
    world.start();
    List<FarPeer> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FarPeer peer = world.join(1 + i, true);
      peer.say(new Message.HaveNone(), new Message.Interested());
      world.pump();
      peer.heard();
      peer.pipe().stuck(true);
      ask(peer);
      all.add(peer);
    }
    return all;
  }

  private void ask(FarPeer peer) {
    for (int i = 0; i < PIECES * 4; i++) {
      peer.say(new Message.Request(i / 4, i % 4 * PieceLayout.BLOCK, PieceLayout.BLOCK));
    }
    world.loop.run(0);
  }

  /** They chat, so that their silence is no reason to part. */
  private void run(int seconds, List<FarPeer> chatting) {
    for (int i = 0; i < seconds; i++) {
      chatting.stream()
          .filter(p -> !p.pipe().isClosed())
          .forEach(p -> p.say(new Message.KeepAlive()));
      world.run(1);
    }
  }

  private static long open(List<FarPeer> peers) {
    return peers.stream().filter(p -> !p.pipe().isClosed()).count();
  }

  @Test
  void theirSlotIsGivenAtOnceToWhoComes() {
    List<FarPeer> stuck = stuck(SLOTS);
    run(15, stuck);
    FarPeer early = world.join(100, true);
    early.say(new Message.HaveNone(), new Message.Interested());
    assertThat(world.near(early).chokedByUs()).isTrue();
    run(8, stuck);
    FarPeer late = world.join(101, true);
    late.say(new Message.HaveNone(), new Message.Interested());
    ask(late);
    assertThat(late.blocks()).hasSize(PIECES * 4);
    run(10, stuck);
    assertThat(world.near(early).chokedByUs()).isFalse();
    assertThat(open(stuck)).isEqualTo(SLOTS);
  }

  @Test
  void whenTwoMinutesHavePassedTheyAreLeft() {
    List<FarPeer> stuck = stuck(SLOTS);
    run(119, stuck);
    assertThat(open(stuck)).isEqualTo(SLOTS);
    run(4, stuck);
    assertThat(open(stuck)).isZero();
    assertThat(world.pool.available()).isEqualTo(world.pool.capacity());
  }

  @Test
  void someAreLeftSoonerWhenMemoryIsNearlyUsedUp() {
    world = new TorrentWorld(Content.of(PIECES, 4), 64);
    List<FarPeer> stuck = stuck(SLOTS);
    int taken = 0;
    while (world.budget.reserveRead(1)) {
      taken++;
    }
    run(19, stuck);
    assertThat(open(stuck)).isEqualTo(SLOTS);
    run(3, stuck);
    assertThat(open(stuck)).isBetween(1L, SLOTS - 1L);
    assertThat(world.budget.isNearlyUsedUp()).isFalse();
    world.budget.endRead(taken);
  }

  /**
   * Buffers of the system hold hundreds of kilobytes: of a peer that reads half a kilobyte a second
   * the pipe tells nothing for minutes.
   */
  @Test
  void whoAsksForMoreAsItReadsStays() {
    world = new TorrentWorld(Content.of(PIECES, 4), 64);
    List<FarPeer> slow = stuck(1);
    int taken = 0;
    while (world.budget.reserveRead(1)) {
      taken++;
    }
    for (int i = 0; i < 20; i++) {
      run(18, slow);
      slow.getFirst().say(new Message.Request(0, 0, PieceLayout.BLOCK));
    }
    assertThat(open(slow)).isEqualTo(1);
    run(23, slow);
    assertThat(open(slow)).isZero();
    world.budget.endRead(taken);
  }

  /** Whoever is choked cannot ask for more, and may be one that reads very slowly. */
  @Test
  void whoIsChokedMeanwhileHasMoreTime() {
    FarPeer stuck = stuck(1).getFirst();
    run(1, List.of(stuck));
    world.near(stuck).choke();
    stuck.say(new Message.NotInterested());
    run(295, List.of(stuck));
    assertThat(world.near(stuck).chokedByUs()).isTrue();
    assertThat(open(List.of(stuck))).isEqualTo(1);
    run(10, List.of(stuck));
    assertThat(open(List.of(stuck))).isZero();
    assertThat(world.pool.available()).isEqualTo(world.pool.capacity());
  }

  @Test
  void whoTakesALittleStays() {
    List<FarPeer> stuck = stuck(1);
    for (int i = 0; i < 20; i++) {
      run(10, stuck);
      stuck.getFirst().pipe().stuck(false);
      stuck.getFirst().pipe().stuck(true);
      ask(stuck.getFirst());
    }
    assertThat(open(stuck)).isEqualTo(1);
  }
}
