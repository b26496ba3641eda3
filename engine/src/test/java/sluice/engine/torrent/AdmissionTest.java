package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FakeNet;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.FarPeer;
import sluice.engine.fake.Hosts;
import sluice.engine.rate.TorrentLimits;
import sluice.engine.swarm.Source;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.HandshakeCodec;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.PeerId;

class AdmissionTest {
  private static final int LARGER = 6_000;
  private static final int SMALLER = 4_000;

  private final TorrentWorld world = new TorrentWorld(Content.of(4, 2), 64);

  private FakePipe dial(int n) {
    world.torrent().offer(List.of(Hosts.host(n)), Source.TRACKER);
    FakeNet.Dial dial = world.net.dials.getLast();
    assertThat(dial.remote()).isEqualTo(Hosts.host(n));
    return dial.connect();
  }

  private void greet(FakePipe pipe, Handshake theirs) {
    pipe.deliver(HandshakeCodec.encode(theirs));
    world.loop.run(0);
  }

  /** Whether the connection that we dialled and the one that came in are open. */
  private String tie(int id, boolean dialledFirst) {
    world.start();
    FakePipe ours = dial(1);
    if (dialledFirst) {
      greet(ours, world.handshake(id, true, false));
    }
    FarPeer theirs = world.join(Hosts.host(1, 55_555), world.handshake(id, true, false));
    if (!dialledFirst) {
      greet(ours, world.handshake(id, true, false));
    }
    world.loop.run(0);
    assertThat(world.torrent().peers()).hasSize(1);
    assertThat(world.connections.open()).isEqualTo(1);
    return (ours.isClosed() ? "" : "ours ") + (theirs.pipe().isClosed() ? "" : "theirs");
  }

  @Test
  void ofTwoConnectionsTheOneOfTheLargerIdStays() {
    assertThat(tie(LARGER, true)).isEqualTo("theirs");
  }

  @Test
  void inWhateverOrderTheyGreet() {
    assertThat(tie(LARGER, false)).isEqualTo("theirs");
  }

  @Test
  void oursStaysIfWeAreTheLarger() {
    assertThat(tie(SMALLER, true)).isEqualTo("ours ");
  }

  @Test
  void oursStaysIfWeAreTheLargerInWhateverOrder() {
    assertThat(tie(SMALLER, false)).isEqualTo("ours ");
  }

  /** The peer of which a second connection was dropped is not dialled while the first is up. */
  @Test
  void aConnectedPeerIsNotDialledAgain() {
    world.start();
    FakePipe ours = dial(1);
    FarPeer theirs = world.join(Hosts.host(1, 55_555), world.handshake(LARGER, true, true));
    theirs.say(extended("d1:pi6881ee"));
    greet(ours, world.handshake(LARGER, true, true));
    assertThat(ours.isClosed()).isTrue();
    for (int i = 0; i < 300; i++) {
      theirs.say(new Message.KeepAlive());
      world.run(1);
    }
    assertThat(theirs.pipe().isClosed()).isFalse();
    assertThat(world.net.dials).hasSize(1);
  }

  private static Message extended(String payload) {
    byte[] bytes = payload.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    return new Message.Extended(0, java.nio.ByteBuffer.wrap(bytes));
  }

  @Test
  void aSecondConnectionFromOneSideIsClosed() {
    world.start();
    FarPeer first = world.join(Hosts.host(1, 50_001), world.handshake(7, true, false));
    FarPeer second = world.join(Hosts.host(1, 50_002), world.handshake(7, true, false));
    assertThat(first.pipe().isClosed()).isFalse();
    assertThat(second.pipe().isClosed()).isTrue();
    assertThat(world.connections.open()).isEqualTo(1);
  }

  @Test
  void ourselvesAreNotLetIn() {
    world.start();
    Handshake own = with(TorrentWorld.OUR_ID, world.torrent().hashes().wire().getFirst());
    assertThat(world.join(Hosts.host(1), own).pipe().isClosed()).isTrue();
    greet(dial(2), own);
    assertThat(world.torrent().peers()).isEmpty();
    assertThat(world.connections.open()).isZero();
    world.run(120);
    assertThat(world.net.dials).as("our own address is not dialled again").hasSize(1);
  }

  private static Handshake with(PeerId id, Hash infoHash) {
    return new Handshake(false, true, false, false, infoHash, id);
  }

  @Test
  void aPeerThatWasBannedWhileItWasDialledIsLeft() {
    world.start();
    FakePipe pipe = dial(1);
    FarPeer liar = world.join(Hosts.host(1, 50_000), world.handshake(7, true, false));
    liar.say(new Message.HaveAll(), new Message.Unchoke());
    world.loop.run(0);
    for (Message.Request request : liar.heard(Message.Request.class)) {
      if (!liar.pipe().isClosed()) {
        liar.sayBlock(request.piece(), request.begin(), new byte[request.length()]);
        world.loop.run(0);
      }
    }
    assertThat(world.told).contains("banned " + Hosts.host(1, 50_000));
    greet(pipe, world.handshake(8, true, false));
    assertThat(pipe.isClosed()).isTrue();
    assertThat(world.connections.open()).isZero();
  }

  @Test
  void aPeerOfAnotherTorrentIsLeft() {
    world.start();
    FakePipe pipe = dial(1);
    greet(pipe, with(Hosts.id(1), Hash.sha1(new byte[1])));
    assertThat(pipe.isClosed()).isTrue();
    assertThat(world.connections.open()).isZero();
  }

  @Test
  void aDialledPeerHasTenSecondsToGreet() {
    world.start();
    FakePipe pipe = dial(1);
    world.run(9);
    assertThat(pipe.isClosed()).isFalse();
    world.run(2);
    assertThat(pipe.isClosed()).isTrue();
    assertThat(world.connections.open()).isZero();
    assertThat(world.connections.halfOpen()).isZero();
  }

  @Test
  void refusedDialsGiveTheirPermitBack() {
    world.start();
    world.torrent().offer(List.of(Hosts.host(1)), Source.TRACKER);
    assertThat(world.connections.halfOpen()).isEqualTo(1);
    world.net.dials.getLast().refuse();
    assertThat(world.connections.halfOpen()).isZero();
  }

  @Test
  void aTorrentHasNoMorePeersThanItMay() {
    world.start();
    for (int i = 0; i < 50; i++) {
      assertThat(world.join(100 + i, true).pipe().isClosed()).isFalse();
    }
    assertThat(world.join(99, true).pipe().isClosed()).isTrue();
    assertThat(world.torrent().peers()).hasSize(50);
    assertThat(world.connections.open()).isEqualTo(50);
  }

  /** What is being dialled when the torrent stops is closed when it opens. */
  @Test
  void aDialThatOpensAfterTheStopIsClosed() {
    world.start();
    world.torrent().offer(List.of(Hosts.host(1)), Source.TRACKER);
    world.torrent().stop(() -> world.told.add("stopped"));
    world.loop.runSeconds(1);
    FakePipe pipe = world.net.dials.getLast().connect();
    assertThat(pipe.isClosed()).isTrue();
    assertThat(world.connections.open()).isZero();
    assertThat(world.connections.halfOpen()).isZero();
  }

  /** A name that resolves after the stop is not dialled. */
  @Test
  void aStoppedTorrentDialsNobody() {
    world.resolver.put("peer.test", "198.18.0.9");
    TorrentOptions options =
        new TorrentOptions(
            true,
            false,
            List.of(new sluice.protocol.address.HostPort("peer.test", 6_881)),
            TorrentLimits.of(0, 0),
            50,
            8);
    world.storage.hold();
    world.start(world.content.metainfo(), options);
    world.storage.resume();
    world.storage.hold();
    world.loop.run(0);
    assertThat(world.storage.log).containsExactly("check", "prepare");
    world.storage.resume();
    world.loop.execute(() -> world.torrent().stop(() -> world.told.add("stopped")));
    world.loop.run(0);
    assertThat(world.torrent().phase()).isInstanceOf(Phase.Stopped.class);
    assertThat(world.net.dials).isEmpty();
  }
}
