package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FarPeer;
import sluice.protocol.wire.Message;

/** Peers that do not send what they were asked for cannot keep it from others. */
class StallTest {
  private TorrentWorld world = new TorrentWorld(Content.of(6, 2), 64);

  @AfterEach
  void nothingLeaks() {
    world.torrent().stop(() -> world.told.add("stopped"));
    world.loop.runSeconds(1);
    assertThat(world.told).contains("stopped");
    assertThat(world.isClean()).as("memory is free").isTrue();
  }

  /** Runs for {@code seconds} in which {@code silent} peers chat but send no block. */
  private void run(int seconds, List<FarPeer> silent, FarPeer... servers) {
    for (int i = 0; i < seconds; i++) {
      silent.stream()
          .filter(p -> !p.pipe().isClosed())
          .forEach(p -> p.say(new Message.KeepAlive()));
      world.run(1, servers);
    }
  }

  @Test
  void aSilentPeerIsSnubbedAfterTwentySecondsAndAskedForOneBlock() {
    world.start();
    FarPeer silent = world.seed(1);
    world.pump();
    assertThat(silent.heard(Message.Request.class)).hasSize(12);
    run(20, List.of(silent));
    assertThat(world.near(silent).snubbed()).isFalse();
    run(2, List.of(silent));
    assertThat(world.near(silent).snubbed()).isTrue();
    List<Message> heard = silent.heard();
    assertThat(heard.stream().filter(Message.Cancel.class::isInstance)).hasSize(12);
    assertThat(world.budget.receiving()).isLessThanOrEqualTo(1);
    run(60, List.of(silent));
    assertThat(silent.heard(Message.Request.class)).hasSizeBetween(1, 4);
  }

  @Test
  void silentPeersDoNotKeepTheLastBlock() {
    world = new TorrentWorld(Content.of(1, 1), 64);
    world.start();
    List<FarPeer> silent = List.of(world.seed(1), world.seed(2), world.seed(3));
    run(50, silent);
    FarPeer honest = world.seed(4);
    run(30, silent, honest);
    assertThat(world.told).contains("completed");
  }

  /** A peer that chokes with fast is to refuse, but does not. */
  @Test
  void aChokeWithoutRefusalsDoesNotKeepBlocks() {
    world.start();
    FarPeer rude = world.seed(1);
    world.pump();
    rude.say(new Message.Choke());
    run(25, List.of(rude));
    assertThat(world.near(rude).requests().size()).isZero();
    world.run(3, world.seed(2));
    assertThat(world.told).contains("completed");
  }

  @Test
  void aChokeWithoutFastWithdrawsAtOnce() {
    world.start();
    FarPeer peer = world.join(1, false);
    for (int i = 0; i < 6; i++) {
      peer.say(new Message.Have(i));
    }
    peer.say(new Message.Unchoke());
    assertThat(world.budget.receiving()).isEqualTo(12);
    peer.say(new Message.Choke());
    assertThat(world.budget.receiving()).isZero();
    peer.say(new Message.Unchoke());
    assertThat(world.budget.receiving()).isEqualTo(12);
  }

  /** Peers that send a byte now and then within a block do not keep it. */
  @Test
  void blocksThatTrickleInAreAskedOfOthers() {
    world.start();
    List<FarPeer> slow = List.of(world.seed(1), world.seed(2));
    world.pump();
    List<byte[]> bytes = new ArrayList<>();
    for (FarPeer peer : slow) {
      Message.Request request = TorrentWorld.request(0, 0);
      List<Message.Request> asked = peer.heard(Message.Request.class);
      request = asked.contains(request) ? request : asked.getFirst();
      bytes.add(FarPeer.blockBytes(request.piece(), request.begin(), world.block(request)));
      peer.pipe().deliver(Arrays.copyOf(bytes.getLast(), 13));
    }
    FarPeer honest = world.seed(3);
    for (int i = 13; i < 63; i++) {
      world.run(1, honest);
      for (int p = 0; p < 2; p++) {
        slow.get(p).pipe().deliver(new byte[] {bytes.get(p)[i]});
      }
    }
    assertThat(world.told).contains("completed");
    slow.forEach(p -> assertThat(p.pipe().isClosed()).isTrue());
  }

  @Test
  void theLastPeerFinishesThoughItIsOnParole() {
    FarPeer honest = onParole();
    world.run(60, honest);
    assertThat(world.told).contains("completed");
  }

  @Test
  void theLastPeerFinishesThoughItIsOnParoleAndWasSnubbed() {
    FarPeer honest = onParole();
    run(30, List.of(honest));
    assertThat(world.near(honest).snubbed()).isTrue();
    world.run(120, honest);
    assertThat(world.told).contains("completed");
  }

  /** Two wrong pieces of two peers put both on parole; the one that stays has everything. */
  private FarPeer onParole() {
    world.start();
    FarPeer honest = world.join(1, false);
    FarPeer liar = world.join(2, false);
    List<FarPeer> both = List.of(honest, liar);
    for (FarPeer peer : both) {
      peer.say(new Message.Have(0), new Message.Have(1), new Message.Have(2));
    }
    for (int piece = 0; piece < 2; piece++) {
      for (FarPeer peer : both) {
        world.near(peer).requests();
        peer.say(new Message.Unchoke());
      }
      world.pump();
      exchange(honest, liar);
    }
    liar.say(new Message.Choke());
    liar.pipe().reset();
    for (int i = 3; i < 6; i++) {
      honest.say(new Message.Have(i));
    }
    return honest;
  }

  /** Each sends one block of every piece it can, the liar a wrong one. */
  private void exchange(FarPeer honest, FarPeer liar) {
    for (int turn = 0; turn < 3; turn++) {
      for (Message.Request request : honest.heard(Message.Request.class)) {
        if (request.begin() == 0) {
          honest.sayBlock(request.piece(), 0, world.block(request));
        }
      }
      honest.say(new Message.Choke());
      world.pump();
      for (Message.Request request : liar.heard(Message.Request.class)) {
        if (request.begin() > 0) {
          liar.sayBlock(request.piece(), request.begin(), new byte[request.length()]);
        }
      }
      liar.say(new Message.Choke());
      world.pump();
      honest.say(new Message.Unchoke());
      liar.say(new Message.Unchoke());
      world.pump();
    }
  }
}
