package sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.FarPeer;
import sluice.engine.fake.Hosts;
import sluice.protocol.wire.Message;

/** To how many peers a torrent sends at a time. */
class UploadSlotTest {
  private static final int USUAL = 3;
  private static final int PEERS = 6;
  private static final int ROUND = 11;

  private final QueueWorld world =
      new QueueWorld(EngineConfig.defaults(List.of(Hosts.any(6_881))).uploadSlots(USUAL));

  private final List<FarPeer> peers = new ArrayList<>();
  private final List<Boolean> choked = new ArrayList<>();

  private void start(Terms terms) {
    world.engine.add(world.spec(true).terms(terms));
    world.loop.runSeconds(1);
    for (int i = 0; i < PEERS; i++) {
      FarPeer peer = new FarPeer(world.visit(0, i + 1));
      peer.hearHandshake();
      peer.say(new Message.Interested());
      peers.add(peer);
      choked.add(true);
    }
  }

  /** How many peers are not choked after the next round. */
  private long unchoked() {
    world.loop.runSeconds(ROUND);
    for (int i = 0; i < PEERS; i++) {
      for (Message message : peers.get(i).heard()) {
        if (message instanceof Message.Choke || message instanceof Message.Unchoke) {
          choked.set(i, message instanceof Message.Choke);
        }
      }
    }
    return choked.stream().filter(is -> !is).count();
  }

  @Test
  void aTorrentHasAsManyAsTheSessionGives() {
    start(Terms.DEFAULT);
    assertThat(unchoked()).isEqualTo(USUAL);
  }

  @Test
  void aTorrentMayHaveANumberOfItsOwn() {
    start(Terms.DEFAULT.uploadSlots(5));
    assertThat(unchoked()).isEqualTo(5);
  }

  @Test
  void anotherNumberHoldsFromTheNextRoundOn() {
    start(Terms.DEFAULT);
    assertThat(unchoked()).isEqualTo(USUAL);
    for (int slots : new int[] {5, 1, 4}) {
      world.command(0, new Command.UploadSlots(slots));
      assertThat(unchoked()).isEqualTo(slots);
    }
    world.command(0, new Command.UploadSlots(0));
    assertThat(unchoked()).isEqualTo(USUAL);
  }

  @Test
  void aNumberIsKeptWhileTheTorrentRests() {
    start(Terms.DEFAULT);
    world.command(0, new Command.Stop());
    world.command(0, new Command.UploadSlots(2));
    world.command(0, new Command.Start());
    peers.clear();
    choked.clear();
    for (int i = 0; i < PEERS; i++) {
      FarPeer peer = new FarPeer(world.visit(0, PEERS + i + 1));
      peer.hearHandshake();
      peer.say(new Message.Interested());
      peers.add(peer);
      choked.add(true);
    }
    assertThat(unchoked()).isEqualTo(2);
  }
}
