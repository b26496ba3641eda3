package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FarPeer;
import sluice.engine.fake.Hosts;
import sluice.engine.peer.Extension;
import sluice.engine.peer.Peer;
import sluice.engine.pex.Meetings;
import sluice.engine.pex.PeerExchange;
import sluice.engine.pex.PeerParty;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.ExtensionHandshake;
import sluice.protocol.wire.ExtensionHandshakeCodec;
import sluice.protocol.wire.HolepunchCodec;
import sluice.protocol.wire.HolepunchMessage;
import sluice.protocol.wire.HolepunchMessage.Connect;
import sluice.protocol.wire.HolepunchMessage.Failed;
import sluice.protocol.wire.HolepunchMessage.Reason;
import sluice.protocol.wire.HolepunchMessage.Rendezvous;
import sluice.protocol.wire.Message;

/** What is done for peers that want to meet, and what is asked of them (BEP 55). */
class MeetingsTest {
  private static final int THEIR_ID = 9;
  private static final int PORT = 7_000;
  private static final int MANY = 100;

  private final TorrentWorld world = new TorrentWorld(Content.of(4, 1), 64);
  private final List<Endpoint> dialled = new ArrayList<>();
  private final List<Optional<Endpoint>> answers = new ArrayList<>();

  @Test
  void bothAreToldWhereTheOtherListens() {
    world.start();
    FarPeer one = connect(1, true);
    FarPeer other = connect(2, true);
    say(one, new Rendezvous(Hosts.host(2, PORT)));
    assertThat(heard(one)).containsExactly(new Connect(Hosts.host(2, PORT)));
    assertThat(heard(other)).containsExactly(new Connect(Hosts.host(1, PORT)));
  }

  @Test
  void whatCannotBeIsRefused() {
    world.start();
    FarPeer one = connect(1, true);
    connect(2, false);
    say(one, new Rendezvous(Hosts.host(3, PORT)));
    say(one, new Rendezvous(Hosts.host(2, PORT)));
    say(one, new Rendezvous(Hosts.host(1, PORT)));
    assertThat(heard(one))
        .containsExactly(
            new Failed(Hosts.host(3, PORT), Reason.NOT_CONNECTED.code()),
            new Failed(Hosts.host(2, PORT), Reason.NO_SUPPORT.code()),
            new Failed(Hosts.host(1, PORT), Reason.NO_SELF.code()));
  }

  @Test
  void nobodyIsAskedForAsOftenAsOneLikes() {
    world.start();
    FarPeer one = connect(1, true);
    FarPeer other = connect(2, true);
    for (int i = 0; i < MANY; i++) {
      say(one, new Rendezvous(Hosts.host(2, PORT)));
    }
    assertThat(heard(other)).hasSizeBetween(1, MANY / 5);
    assertThat(heard(one)).hasSizeBetween(1, MANY / 5);
  }

  @Test
  void anAddressIsDialledOnceAMinuteWhoeverAsksForIt() {
    world.start();
    Meetings meetings = meetings();
    meetings.dialler(dialled::add);
    PeerParty one = party(world.near(connect(1, true)));
    PeerParty other = party(world.near(connect(2, true)));
    for (int i = 0; i < MANY; i++) {
      meetings.onMessage(i % 2 == 0 ? one : other, new Connect(Hosts.host(7, 1 + i)), now());
    }
    assertThat(dialled).containsExactly(Hosts.host(7, 1));
    for (int i = 0; i < MANY; i++) {
      meetings.onMessage(one, new Connect(Hosts.host(20 + i, PORT)), now());
    }
    assertThat(dialled).hasSizeBetween(2, MANY / 5);
  }

  @Test
  void whoAsksHearsAnAnswerOnce() {
    world.start();
    Meetings meetings = meetings();
    meetings.dialler(dialled::add);
    assertThat(ask(meetings, 7)).isFalse();
    FarPeer far = connect(1, true);
    PeerParty relay = party(world.near(far));
    assertThat(ask(meetings, 7)).isTrue();
    assertThat(ask(meetings, 8)).isTrue();
    assertThat(ask(meetings, 9)).isTrue();
    assertThat(heard(far)).containsExactly(to(7), to(8), to(9));
    meetings.onMessage(relay, new Connect(Hosts.host(7, PORT + 1)), now());
    meetings.onMessage(relay, new Failed(Hosts.host(8, PORT), 2), now());
    assertThat(answers).containsExactly(Optional.of(Hosts.host(7, PORT + 1)), Optional.empty());
    meetings.tick(now());
    assertThat(answers).hasSize(2);
    meetings.tick(now() + 10_000_000_000L);
    assertThat(answers).hasSize(3);
    assertThat(ask(meetings, 10)).isTrue();
    meetings.closed(relay);
    assertThat(answers).hasSize(4);
    assertThat(dialled).isEmpty();
  }

  private boolean ask(Meetings meetings, int whom) {
    return meetings.ask(Hosts.host(whom, PORT), now(), answers::add);
  }

  private static HolepunchMessage to(int whom) {
    return new Rendezvous(Hosts.host(whom, PORT));
  }

  /** Meetings of their own through the peers of the torrent. */
  private Meetings meetings() {
    return new Meetings(() -> world.torrent().peers().stream().map(this::party).toList());
  }

  private PeerParty party(Peer peer) {
    PeerExchange.Present present =
        new PeerExchange.Present() {
          @Override
          public List<Peer> peers() {
            return world.torrent().peers();
          }

          @Override
          public Optional<Endpoint> listening(Peer of) {
            return Optional.empty();
          }
        };
    return new PeerParty(peer, present, (of, whom) -> false);
  }

  private long now() {
    return world.loop.now();
  }

  private FarPeer connect(int n, boolean speaks) {
    FarPeer far = world.join(Hosts.host(n), world.handshake(n, true, true));
    Map<String, Integer> ids =
        speaks ? Map.of(Extension.HOLEPUNCH.wireName(), THEIR_ID) : Collections.emptyMap();
    ExtensionHandshake told = new ExtensionHandshake.Draft().ids(ids).port(PORT).handshake();
    far.say(new Message.Extended(0, ByteBuffer.wrap(ExtensionHandshakeCodec.encode(told))));
    return far;
  }

  private void say(FarPeer far, HolepunchMessage message) {
    far.say(new Message.Extended(Extension.HOLEPUNCH.id(), HolepunchCodec.encode(message)));
    world.loop.run(0);
  }

  private List<HolepunchMessage> heard(FarPeer far) {
    world.pump();
    return far.heard(Message.Extended.class).stream()
        .filter(m -> m.id() == THEIR_ID)
        .flatMap(m -> HolepunchCodec.decode(m.payload()).stream())
        .toList();
  }
}
