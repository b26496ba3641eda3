package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FakeNet;
import sluice.engine.fake.FarPeer;
import sluice.engine.fake.Hosts;
import sluice.engine.peer.Extension;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.ExtensionHandshake;
import sluice.protocol.wire.ExtensionHandshakeCodec;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.PexCodec;
import sluice.protocol.wire.PexFlag;
import sluice.protocol.wire.PexMessage;
import sluice.protocol.wire.PexMessage.Contact;

/** What peers are told of each other, and what becomes of what they tell. */
class PeerExchangeTest {
  private static final int THEIR_ID = 3;
  private static final int PORT = 7_000;

  private final Content content = Content.of(4, 1);
  private final TorrentWorld world = new TorrentWorld(content, 64);

  /** All that a peer was told. */
  private final Map<FarPeer, List<PexMessage>> told = new LinkedHashMap<>();

  @Test
  void peersAreToldOfEachOther() {
    world.start();
    FarPeer first = connect(1);
    FarPeer second = connect(2);
    run(4);
    assertThat(added(first)).containsExactly(new Contact(Hosts.host(2, PORT), 0));
    assertThat(added(second)).containsExactly(new Contact(Hosts.host(1, PORT), 0));
  }

  @Test
  void whoGoesIsDroppedAMinuteLater() {
    world.start();
    FarPeer first = connect(1);
    FarPeer second = connect(2);
    run(4);
    second.pipe().reset();
    run(30);
    assertThat(told.get(first)).hasSize(1);
    run(35);
    assertThat(told.get(first)).hasSize(2);
    assertThat(told.get(first).getLast().dropped()).containsExactly(Hosts.host(2, PORT));
  }

  @Test
  void noMoreThanOneMessageAMinuteAndFiftyContactsInIt() {
    world.start();
    FarPeer first = connect(200);
    for (int i = 1; i <= 48; i++) {
      connect(i);
      run(1);
    }
    run(130);
    assertThat(told.get(first)).hasSize(2);
    assertThat(told.get(first)).allMatch(m -> m.added().size() <= PexMessage.MAX_CONTACTS);
    assertThat(added(first)).hasSize(48).doesNotHaveDuplicates();
  }

  @Test
  void seedsAreNotToldOfSeeds() {
    world.start();
    FarPeer seed = connect(1);
    FarPeer other = connect(2);
    FarPeer leech = connect(3);
    seed.say(new Message.HaveAll());
    other.say(new Message.HaveAll());
    run(4);
    assertThat(added(seed)).extracting(Contact::endpoint).containsExactly(Hosts.host(3, PORT));
    assertThat(added(leech))
        .containsExactly(
            new Contact(Hosts.host(1, PORT), PexFlag.SEED.bit()),
            new Contact(Hosts.host(2, PORT), PexFlag.SEED.bit()));
  }

  @Test
  void whoeverTellsNoPortIsNotTold() {
    world.start();
    FarPeer first = connect(1);
    FarPeer silent = world.join(Hosts.host(2), world.handshake(2, true, true));
    told.put(silent, new ArrayList<>());
    run(70);
    assertThat(told.get(first)).isEmpty();
  }

  @Test
  void contactsAreDialledOnePortOfAnAddress() {
    world.start();
    FarPeer far = connect(1);
    say(
        far,
        new Contact(Hosts.host(50, 1), PexFlag.REACHABLE.bit()),
        new Contact(Hosts.host(50, 2), 0),
        new Contact(Hosts.host(51, 1), 0),
        new Contact(new Endpoint(InetAddress.getLoopbackAddress(), 80), 0));
    run(2);
    assertThat(world.net.dials)
        .extracting(FakeNet.Dial::remote)
        .containsExactlyInAnyOrder(Hosts.host(50, 1), Hosts.host(51, 1));
  }

  /** A stranger must not aim us at machines of our own network. */
  @Test
  void addressesOfALocalNetworkAreBelievedInsideOfItOnly() throws UnknownHostException {
    world.start();
    FarPeer stranger = connect(1);
    List<Endpoint> local = new ArrayList<>();
    for (String address : List.of("192.168.1.1", "10.1.1.1", "169.254.7.7", "fd00::7", "fe80::1")) {
      local.add(new Endpoint(InetAddress.getByName(address), 80));
    }
    Contact[] contacts = local.stream().map(e -> new Contact(e, 0)).toArray(Contact[]::new);
    say(stranger, contacts);
    run(1);
    assertThat(world.net.dials).isEmpty();
    assertThat(world.torrent().knownPeers()).isEqualTo(1);
    Endpoint neighbour = new Endpoint(InetAddress.getByName("192.168.1.9"), 5_000);
    FarPeer near = world.join(neighbour, world.handshake(3, true, true));
    near.say(greeting());
    say(near, contacts);
    assertThat(world.torrent().knownPeers()).isEqualTo(2 + contacts.length);
  }

  @Test
  void messagesThatComeTooSoonAreNotReadAndThenBreakTheProtocol() {
    world.start();
    FarPeer far = connect(1);
    say(far, new Contact(Hosts.host(50), 0));
    say(far, new Contact(Hosts.host(51), 0));
    run(1);
    assertThat(world.torrent().knownPeers()).isEqualTo(2);
    assertThat(far.pipe().isClosed()).isFalse();
    for (int i = 0; i < 5; i++) {
      say(far, new Contact(Hosts.host(52), 0));
    }
    run(1);
    assertThat(far.pipe().isClosed()).isTrue();
  }

  /** Lines that stop for a while and then deliver two at once are no flood, however often. */
  @Test
  void whoIsHastyNowAndThenStays() {
    world.start();
    FarPeer far = connect(1);
    for (int i = 0; i < 10; i++) {
      say(far, new Contact(Hosts.host(50 + i), 0));
      say(far, new Contact(Hosts.host(50 + i), 0));
      far.say(new Message.KeepAlive());
      run(110);
    }
    assertThat(far.pipe().isClosed()).isFalse();
  }

  @Test
  void aMessageCountsUpToItsLimit() {
    world.start();
    FarPeer far = connect(1);
    for (int message = 0; message < 2; message++) {
      Contact[] many = new Contact[150];
      for (int i = 0; i < many.length; i++) {
        many[i] = new Contact(Hosts.host(1_000 * (message + 1) + i), 0);
      }
      say(far, many);
      run(61);
    }
    assertThat(world.torrent().knownPeers()).isEqualTo(1 + 100 + 50);
  }

  @Test
  void privateTorrentsNeitherTellNorListen() {
    Content secret = content.privateTwin(1);
    TorrentWorld closed = new TorrentWorld(secret, 64);
    closed.start();
    FarPeer far = closed.join(Hosts.host(1), closed.handshake(1, true, true));
    List<Message.Extended> first = far.heard(Message.Extended.class);
    ExtensionHandshake ours = ExtensionHandshakeCodec.decode(first.getFirst().payload());
    assertThat(ours.ids()).containsEntry("ut_pex", 0);
    far.say(greeting());
    FarPeer other = closed.join(Hosts.host(2), closed.handshake(2, true, true));
    other.say(greeting());
    far.say(exchange(new Contact(Hosts.host(50), 0)));
    closed.run(70);
    assertThat(far.heard(Message.Extended.class)).isEmpty();
    assertThat(closed.net.dials).isEmpty();
  }

  private FarPeer connect(int n) {
    FarPeer far = world.join(Hosts.host(n), world.handshake(n, true, true));
    far.say(greeting());
    told.put(far, new ArrayList<>());
    return far;
  }

  private void run(int seconds) {
    for (int i = 0; i < seconds; i++) {
      world.run(1);
      told.forEach((far, messages) -> {
        for (Message.Extended message : far.heard(Message.Extended.class)) {
          if (message.id() == THEIR_ID) {
            messages.add(PexCodec.decode(message.payload()));
          }
        }
      });
    }
  }

  private List<Contact> added(FarPeer far) {
    return told.get(far).stream().flatMap(m -> m.added().stream()).toList();
  }

  private void say(FarPeer far, Contact... contacts) {
    far.say(exchange(contacts));
    world.loop.run(0);
  }

  private static Message exchange(Contact... contacts) {
    return new Message.Extended(
        Extension.PEX.id(), PexCodec.encode(new PexMessage(List.of(contacts), List.of())));
  }

  private static Message greeting() {
    Map<String, Integer> ids = Collections.singletonMap("ut_pex", THEIR_ID);
    ExtensionHandshake handshake = new ExtensionHandshake.Draft().ids(ids).port(PORT).handshake();
    return new Message.Extended(0, ByteBuffer.wrap(ExtensionHandshakeCodec.encode(handshake)));
  }
}
