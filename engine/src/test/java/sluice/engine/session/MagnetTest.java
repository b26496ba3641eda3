package sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FakeEntropy;
import sluice.engine.fake.FakeHttp;
import sluice.engine.fake.FakeLoop;
import sluice.engine.fake.FakeNet;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.FakePool;
import sluice.engine.fake.FakeResolver;
import sluice.engine.fake.FakeStorage;
import sluice.engine.fake.FarPeer;
import sluice.engine.fake.Hosts;
import sluice.engine.peer.Extension;
import sluice.protocol.address.HostPort;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.HandshakeCodec;
import sluice.protocol.wire.HolepunchCodec;
import sluice.protocol.wire.HolepunchMessage;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.MetadataCodec;
import sluice.protocol.wire.MetadataMessage;
import sluice.protocol.wire.PexCodec;
import sluice.protocol.wire.PexMessage;

/** A magnet from nothing but a hash to a whole torrent; the test plays the peers. */
class MagnetTest {
  private static final int THEIR_ID = 7;

  private final FakeLoop loop = new FakeLoop();
  private final FakeNet net = new FakeNet(loop);
  private final FakePool pool = new FakePool(64);
  private final Content content = Content.of(4, 2, MetainfoBuilder.Version.HYBRID);
  private final byte[] info = content.metainfo().info().raw();
  private final InfoHashes full = content.metainfo().info().hashes();
  private final InfoHashes v1 = new InfoHashes(full.v1(), Optional.empty());
  private final FakeStorage storage = new FakeStorage(loop, pool, content);
  private final java.util.ArrayList<EngineEvent> events = new java.util.ArrayList<>();
  private final Engine engine =
      new Engine(
          new Ports(
              loop, net, new FakeHttp(loop), new FakeResolver(loop), new FakeEntropy(3), pool),
          EngineConfig.defaults(List.of(Hosts.any(6_881))),
          events::add);

  @Test
  void theMetadataThenTheDataComeOverOneConnection() {
    add(v1);
    assertThat(snapshot().phase()).isEqualTo(TorrentSnapshot.Phase.METADATA);
    FarPeer seed = join(1);
    seed.say(new Message.HaveAll(), greeting(info.length), new Message.Unchoke());
    assertThat(requests(seed)).containsExactly(0);
    seed.say(data(0, info));
    loop.runSeconds(1);

    assertThat(events)
        .filteredOn(EngineEvent.MetadataReceived.class::isInstance)
        .singleElement()
        .satisfies(e -> {
          var received = (EngineEvent.MetadataReceived) e;
          assertThat(received.torrent()).isEqualTo(v1);
          assertThat(received.metainfo().info().hashes()).isEqualTo(full);
          assertThat(received.files().wanted(received.metainfo().info()).stream())
              .containsExactly(0);
        });
    assertThat(snapshot().torrent()).isEqualTo(full);
    assertThat(seed.pipe().isClosed()).isFalse();
    for (int i = 0; i < 100 && snapshot().phase() != TorrentSnapshot.Phase.SEEDING; i++) {
      serve(seed);
      loop.run(100_000_000L);
    }
    loop.runSeconds(1);
    assertThat(snapshot().phase()).isEqualTo(TorrentSnapshot.Phase.SEEDING);
    assertThat(snapshot().peers()).isZero();
  }

  /** Where it comes from once its metadata are recorded. */
  private final TorrentSource recorded =
      new TorrentSource() {
        @Override
        public void open(Handler handler) {
          handler.onOpened(content.metainfo(), storage);
        }

        @Override
        public boolean isKept() {
          return true;
        }
      };

  @Test
  void aMagnetThatIsRecordedIsClosedAndOpenedAgainLikeAnyOther() {
    MagnetSource source =
        new MagnetSource(
            new Magnet(v1, Optional.empty(), List.of(), List.of(), List.of(), List.of()),
            metainfo -> storage,
            Optional.of(recorded),
            Optional.empty());
    engine.start();
    engine.add(new TorrentSpec(v1, source, true, true, false, List.of(), 0, 0));
    loop.runSeconds(1);
    FarPeer seed = join(1);
    seed.say(new Message.HaveAll(), greeting(info.length), new Message.Unchoke());
    seed.say(data(0, info));
    loop.runSeconds(1);
    for (int i = 0; i < 100 && snapshot().phase() != TorrentSnapshot.Phase.SEEDING; i++) {
      serve(seed);
      loop.run(100_000_000L);
    }
    seed.pipe().reset();
    loop.runSeconds(90);
    assertThat(storage.log).endsWith("close");
    assertThat(snapshot().phase()).isEqualTo(TorrentSnapshot.Phase.SEEDING);
    FakePipe pipe = comeIn(2, full.v1().orElseThrow());
    loop.runSeconds(1);
    assertThat(pipe.isClosed()).isFalse();
    assertThat(snapshot().peers()).isOne();
  }

  @Test
  void theOtherHashOfAHybridIsAnsweredOnceItIsKnown() {
    add(v1);
    FarPeer seed = join(1);
    seed.say(greeting(info.length));
    seed.say(data(0, info));
    loop.runSeconds(1);
    FakePipe pipe = comeIn(2, full.v2().orElseThrow().truncated());
    assertThat(pipe.isClosed()).isFalse();
    assertThat(pipe.take()).isNotEmpty();
  }

  @Test
  void aMagnetWithTheHashOfATorrentThatIsThereStops() {
    add(v1);
    InfoHashes v2 = new InfoHashes(Optional.empty(), full.v2());
    engine.add(spec(v2));
    loop.runSeconds(1);
    FarPeer seed = join(1);
    seed.say(greeting(info.length));
    seed.say(data(0, info));
    loop.runSeconds(1);
    assertThat(events)
        .filteredOn(EngineEvent.Faulted.class::isInstance)
        .singleElement()
        .satisfies(e -> assertThat(((EngineEvent.Faulted) e).torrent()).isEqualTo(v1));
    assertThat(seed.pipe().isClosed()).isTrue();
  }

  @Test
  void aPeerThatSendsFalseMetadataIsBanned() {
    add(v1);
    FarPeer liar = join(1);
    liar.say(greeting(info.length));
    byte[] wrong = info.clone();
    wrong[20] ^= 1;
    liar.say(data(0, wrong));
    loop.runSeconds(1);
    assertThat(liar.pipe().isClosed()).isTrue();
    assertThat(events).anyMatch(EngineEvent.PeerBanned.class::isInstance);
    assertThat(snapshot().phase()).isEqualTo(TorrentSnapshot.Phase.METADATA);
    assertThat(snapshot().peers()).isZero();
  }

  /** Whom peers, the DHT or the local network told is left; who came or was named stays. */
  @Test
  void aTorrentThatTurnsOutToBePrivateLeavesWhomNoTrackerNamed() {
    Content secret = content.privateTwin(2);
    InfoHashes hidden = secret.metainfo().info().hashes();
    FakeStorage data = new FakeStorage(loop, pool, secret);
    HostPort named = new HostPort("198.18.0.1", 6_881);
    Magnet magnet =
        new Magnet(hidden, Optional.empty(), List.of(), List.of(), List.of(named), List.of());
    engine.start();
    engine.add(TorrentSpec.of(magnet, metainfo -> data));
    loop.runSeconds(1);
    FarPeer user = dialled(0, hidden);
    ByteBuffer pex =
        PexCodec.encode(
            new PexMessage(List.of(new PexMessage.Contact(Hosts.host(2), 0)), List.of()));
    user.say(greeting(0), new Message.Extended(Extension.PEX.id(), pex));
    loop.runSeconds(1);
    FarPeer told = dialled(1, hidden);
    FarPeer came = new FarPeer(comeIn(3, hidden.best()));
    came.hearHandshake();
    byte[] metadata = secret.metainfo().info().raw();
    came.say(greeting(metadata.length), data(0, metadata));
    loop.runSeconds(1);
    assertThat(events).anyMatch(EngineEvent.MetadataReceived.class::isInstance);
    assertThat(told.pipe().isClosed()).isTrue();
    assertThat(user.pipe().isClosed()).isFalse();
    assertThat(came.pipe().isClosed()).isFalse();
    loop.runSeconds(200);
    assertThat(net.dials).extracting(FakeNet.Dial::remote).containsOnlyOnce(Hosts.host(2));
  }

  /** The peer that was dialled {@code n}-th answers. */
  private FarPeer dialled(int n, InfoHashes hashes) {
    FakePipe pipe = net.dials.get(n).connect();
    pipe.deliver(
        HandshakeCodec.encode(
            new Handshake(true, true, false, false, hashes.best(), Hosts.id(100 + n))));
    loop.run(0);
    FarPeer far = new FarPeer(pipe);
    far.hearHandshake();
    return far;
  }

  @Test
  void aMagnetIsStoppedAndStartedAndRemoved() {
    add(v1);
    FarPeer peer = join(1);
    var stopped = engine.command(v1, new Command.Stop()).toCompletableFuture();
    loop.runSeconds(1);
    assertThat(stopped.join()).isInstanceOf(Outcome.Done.class);
    assertThat(peer.pipe().isClosed()).isTrue();
    assertThat(snapshot().phase()).isEqualTo(TorrentSnapshot.Phase.STOPPED);
    engine.command(v1, new Command.Start());
    loop.runSeconds(1);
    assertThat(snapshot().phase()).isEqualTo(TorrentSnapshot.Phase.METADATA);
    assertThat(join(2).pipe().isClosed()).isFalse();
    engine.command(v1, new Command.Remove());
    loop.runSeconds(1);
    assertThat(engine.snapshot()).isEmpty();
  }

  @Test
  void othersThatAskUsAreRefused() {
    add(v1);
    FarPeer peer = join(1);
    peer.say(greeting(0));
    ByteBuffer request = MetadataCodec.encode(new MetadataMessage.Request(0));
    peer.say(new Message.Extended(Extension.METADATA.id(), request));
    loop.run(0);
    assertThat(messages(peer)).containsExactly(new MetadataMessage.Reject(0));
  }

  /** Whoever asks to meet somebody gets an answer, also while nothing is known (BEP 55). */
  @Test
  void whoAsksForAMeetingHearsThatThereIsNone() {
    add(v1);
    FarPeer peer = join(1);
    byte[] told = "d1:md12:ut_holepunchi7eee".getBytes(StandardCharsets.US_ASCII);
    peer.say(new Message.Extended(0, ByteBuffer.wrap(told)));
    HolepunchMessage wish = new HolepunchMessage.Rendezvous(Hosts.host(9));
    peer.say(new Message.Extended(Extension.HOLEPUNCH.id(), HolepunchCodec.encode(wish)));
    loop.run(0);
    int reason = HolepunchMessage.Reason.NOT_CONNECTED.code();
    assertThat(peer.heard(Message.Extended.class))
        .filteredOn(m -> m.id() == THEIR_ID)
        .extracting(m -> HolepunchCodec.decode(m.payload()).orElseThrow())
        .containsExactly(new HolepunchMessage.Failed(Hosts.host(9), reason));
  }

  @Test
  void aPeerThatSaysMoreThanCanBeKeptIsLeft() {
    add(v1);
    FarPeer peer = join(1);
    for (int i = 0; i < 40_000 && !peer.pipe().isClosed(); i++) {
      peer.say(new Message.Have(i));
    }
    assertThat(peer.pipe().isClosed()).isTrue();
  }

  private TorrentSpec spec(InfoHashes hashes) {
    Magnet magnet =
        new Magnet(hashes, Optional.empty(), List.of(), List.of(), List.of(), List.of(0, 2));
    return TorrentSpec.of(magnet, metainfo -> storage);
  }

  private void add(InfoHashes hashes) {
    engine.start();
    engine.add(spec(hashes));
    loop.runSeconds(1);
  }

  private TorrentSnapshot snapshot() {
    return engine.snapshot().getFirst();
  }

  private FakePipe comeIn(int n, sluice.protocol.digest.Hash hash) {
    FakePipe pipe = net.comeIn(0, Hosts.host(n));
    pipe.deliver(HandshakeCodec.encode(new Handshake(true, true, false, false, hash, Hosts.id(n))));
    loop.run(0);
    return pipe;
  }

  private FarPeer join(int n) {
    FarPeer far = new FarPeer(comeIn(n, full.v1().orElseThrow()));
    far.hearHandshake();
    far.heard();
    return far;
  }

  private static Message greeting(int size) {
    String told = size == 0 ? "" : "13:metadata_sizei" + size + "e";
    String text = "d1:md11:ut_metadatai" + THEIR_ID + "ee" + told + "e";
    return new Message.Extended(0, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static Message data(int piece, byte[] info) {
    int from = piece * MetadataMessage.PIECE;
    ByteBuffer bytes =
        ByteBuffer.wrap(info).slice(from, MetadataMessage.length(info.length, piece));
    var message = new MetadataMessage.Data(piece, java.util.OptionalInt.of(info.length), bytes);
    return new Message.Extended(Extension.METADATA.id(), MetadataCodec.encode(message));
  }

  private static List<MetadataMessage> messages(FarPeer far) {
    return far.heard(Message.Extended.class).stream()
        .filter(m -> m.id() == THEIR_ID)
        .map(m -> MetadataCodec.decode(m.payload()))
        .toList();
  }

  private static List<Integer> requests(FarPeer far) {
    return messages(far).stream()
        .filter(MetadataMessage.Request.class::isInstance)
        .map(m -> ((MetadataMessage.Request) m).piece())
        .toList();
  }

  private void serve(FarPeer far) {
    for (Message.Request r : far.heard(Message.Request.class)) {
      far.sayBlock(r.piece(), r.begin(), content.slice(r.piece(), r.begin(), r.length()));
      loop.run(0);
    }
  }
}
