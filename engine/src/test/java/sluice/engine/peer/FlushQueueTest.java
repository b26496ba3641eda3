package sluice.engine.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import sluice.engine.peer.PeerWorld.Connected;
import sluice.protocol.wire.Message;

class FlushQueueTest {
  private final PeerWorld world = new PeerWorld();

  @Test
  void whatIsSentLeavesAtTheEndOfTheTurn() {
    Connected peer = world.connect(false);
    peer.near().outbox().send(new Message.Have(1));
    peer.near().outbox().send(new Message.Have(2));
    assertThat(peer.far().heard()).isEmpty();
    world.turn();
    assertThat(peer.far().heard()).containsExactly(new Message.Have(1), new Message.Have(2));
  }

  /** A task that others queued between two sends of one turn sends, too. */
  @Test
  void whatIsSentRightAfterTheFlushLeavesAsWell() {
    Connected first = world.connect(false);
    Connected second = world.connect(false);
    first.near().outbox().send(new Message.Have(1));
    world.loop.execute(() -> second.near().outbox().send(new Message.Have(3)));
    second.near().outbox().send(new Message.Have(2));
    world.turn();
    assertThat(second.far().heard()).containsExactly(new Message.Have(2), new Message.Have(3));
  }
}
