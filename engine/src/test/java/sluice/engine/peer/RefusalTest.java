package sluice.engine.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.engine.peer.PeerWorld.request;
import static sluice.engine.peer.PeerWorld.requests;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sluice.engine.peer.PeerWorld.Connected;
import sluice.engine.port.Fault;
import sluice.engine.port.Fault.Kind;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;

/** Requests that are not served: withdrawn by chokes and cancels, refused, too many. */
class RefusalTest {
  private static final int BLOCK = PieceLayout.BLOCK;

  private final PeerWorld world = new PeerWorld(4_096, 0, 0);

  @AfterEach
  void nothingLeaks() {
    world.assertNothingLeaks();
  }

  @Test
  void chokeWithFastRefusesWhatWaits() {
    Connected peer = world.connect(true);
    peer.near().unchoke();
    world.storage.hold();
    peer.far().say(requests(40));
    peer.near().choke();
    world.storage.resume();
    world.turn();
    List<Message> heard = peer.far().heard();
    assertThat(heard).hasSize(2 + 8).startsWith(new Message.Unchoke(), new Message.Choke());
    assertThat(heard.get(2)).isEqualTo(new Message.RejectRequest(8, 0, BLOCK));
    assertThat(peer.far().blocks()).hasSize(32);
  }

  @Test
  void chokeWithoutFastForgetsEverything() {
    Connected peer = world.connect(false);
    peer.near().unchoke();
    world.storage.hold();
    peer.far().say(requests(40));
    peer.near().choke();
    world.storage.resume();
    world.turn();
    assertThat(peer.far().heard()).containsExactly(new Message.Unchoke(), new Message.Choke());
    assertThat(peer.far().blocks()).isEmpty();
    peer.near().unchoke();
    world.turn();
    assertThat(peer.far().blocks()).isEmpty();
  }

  @Test
  void whatComesBackUnreadAfterAChokeIsRefused() {
    Connected peer = world.connect(true);
    peer.near().unchoke();
    world.storage.readFault = Optional.of(new Fault(Kind.NO_SPACE, "no block"));
    peer.far().say(requests(2));
    peer.near().choke();
    world.turn();
    world.storage.readFault = Optional.empty();
    peer.near().pump();
    world.turn();
    assertThat(peer.far().heard(Message.RejectRequest.class))
        .extracting(Message.RejectRequest::begin)
        .containsExactlyInAnyOrder(0, BLOCK);
    assertThat(peer.far().blocks()).isEmpty();
  }

  @Test
  void allowedPiecesAreServedInSpiteOfTheChoke() {
    Connected peer = world.connect(true);
    peer.near().offerFast(3);
    peer.near().offerFast(3);
    peer.far().say(request(3, 0), request(4, 0), request(3, 1));
    world.turn();
    assertThat(peer.far().heard())
        .containsExactly(new Message.AllowedFast(3), new Message.RejectRequest(4, 0, BLOCK));
    assertThat(peer.far().blocks()).hasSize(2);
  }

  @Test
  void chokeLeavesRequestsForAllowedPieces() {
    Connected peer = world.connect(true);
    peer.near().offerFast(3);
    peer.near().unchoke();
    world.storage.hold();
    peer.far().say(requests(32));
    peer.far().say(request(3, 0), request(4, 0));
    peer.near().choke();
    world.storage.resume();
    world.turn();
    assertThat(peer.far().heard(Message.RejectRequest.class)).hasSize(1);
    assertThat(peer.far().blocks()).hasSize(33);
  }

  @Test
  void withoutFastNothingIsAllowedOrRefused() {
    Connected peer = world.connect(false);
    peer.near().offerFast(3);
    peer.far().say(request(3, 0));
    world.turn();
    assertThat(peer.far().heard()).isEmpty();
    assertThat(peer.far().blocks()).isEmpty();
  }

  @Test
  void whatIsNotThereIsRefused() {
    world.served.clear(7);
    Connected peer = world.connect(true);
    peer.near().unchoke();
    peer.far().say(request(7, 0));
    world.turn();
    assertThat(peer.far().heard())
        .containsExactly(new Message.Unchoke(), new Message.RejectRequest(7, 0, BLOCK));
  }

  @Test
  void cancelWithdrawsWhatWaits() {
    for (boolean fast : new boolean[] {true, false}) {
      Connected peer = world.connect(fast);
      peer.near().unchoke();
      world.storage.hold();
      peer.far().say(requests(34));
      peer.far().say(new Message.Cancel(8, 0, BLOCK), new Message.Cancel(0, 0, BLOCK));
      world.storage.resume();
      world.turn();
      assertThat(peer.far().heard(Message.RejectRequest.class)).hasSize(fast ? 1 : 0);
      assertThat(peer.far().blocks()).hasSize(33);
    }
  }

  @Test
  void cancelsWithoutRequestsAreAFlood() {
    Connected peer = world.connect(true);
    peer.near().unchoke();
    for (int i = 0; i < Uploads.MAX_QUEUED; i++) {
      peer.far().say(new Message.Cancel(0, 0, BLOCK));
    }
    assertThat(peer.far().pipe().isClosed()).isFalse();
    peer.far().say(new Message.Cancel(0, 0, BLOCK));
    assertThat(peer.far().pipe().isClosed()).isTrue();
  }

  @Test
  void aRequestBeyondTheQueueWithoutFastCloses() {
    Connected peer = world.connect(false);
    peer.near().unchoke();
    world.storage.hold();
    peer.far().say(requests(Uploads.MAX_QUEUED));
    assertThat(peer.far().pipe().isClosed()).isFalse();
    peer.far().say(requests(32));
    assertThat(peer.far().pipe().isClosed()).isFalse();
    peer.far().say(requests(1));
    assertThat(peer.far().pipe().isClosed()).isTrue();
  }

  @Test
  void aRequestBeyondTheQueueWithFastIsRefused() {
    Connected peer = world.connect(true);
    peer.near().unchoke();
    world.storage.hold();
    peer.far().say(requests(Uploads.MAX_QUEUED + 3));
    world.turn();
    assertThat(peer.far().heard(Message.RejectRequest.class)).hasSize(3);
    world.storage.resume();
    world.turn();
    assertThat(peer.far().blocks()).hasSize(Uploads.MAX_QUEUED);
  }
}
