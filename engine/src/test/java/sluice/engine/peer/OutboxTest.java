package sluice.engine.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import sluice.engine.peer.PeerWorld.Connected;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;

class OutboxTest {
  private static final long MAX_PENDING_BYTES = 8 << 20;

  private final PeerWorld world = new PeerWorld();

  /** A peer that asks, is refused, and never reads the refusals costs no more than 8 MiB. */
  @Test
  void aPeerThatDoesNotReadIsDisconnected() {
    Connected peer = world.connect(true);
    peer.far().pipe().stuck(true);
    Message request = new Message.Request(1, 0, PieceLayout.BLOCK);
    Message[] flood = Collections.nCopies(3_000, request).toArray(new Message[0]);
    long most = 0;
    int deliveries = 0;
    while (!peer.far().pipe().isClosed() && deliveries < 1_000) {
      peer.far().say(flood);
      deliveries++;
      most = Math.max(most, peer.far().pipe().pending());
    }
    assertThat(deliveries).isEqualTo((int) (MAX_PENDING_BYTES / (17 * 3_000)) + 1);
    assertThat(most).isBetween(MAX_PENDING_BYTES, MAX_PENDING_BYTES + 17);
    world.turn();
    assertThat(peer.near().isClosed()).isTrue();
  }

  @Test
  void remembersWhenItSentLast() {
    Connected peer = world.connect(false);
    long start = world.loop.now();
    world.loop.runSeconds(7);
    assertThat(peer.near().outbox().lastSentNanos()).isEqualTo(start);
    peer.near().outbox().send(new Message.KeepAlive());
    assertThat(peer.near().outbox().lastSentNanos()).isEqualTo(world.loop.now());
  }
}
