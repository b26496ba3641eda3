package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import sluice.engine.crypt.EncryptionPolicy;
import sluice.engine.fake.Content;
import sluice.engine.fake.FarPeer;
import sluice.engine.fake.Hosts;
import sluice.engine.rate.TorrentLimits;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.ExtensionHandshake;
import sluice.protocol.wire.ExtensionHandshakeCodec;
import sluice.protocol.wire.Message;

/** An extension of another module: what peers and the module hear of each other. */
class TalksTest {
  private static final int THEIR_ID = 9;
  private static final int OUR_ID = 16;
  private static final int LOST_ID = 7;
  private static final int PIECES = 8;

  private final RecordedTalk talk = new RecordedTalk();
  private final Content content = Content.of(PIECES, 4);
  private final TorrentWorld world =
      new TorrentWorld(content, 256, EncryptionPolicy.OFF, List.of(talk));

  private FarPeer join(int n, boolean speaks) {
    FarPeer peer = world.join(Hosts.host(n), world.handshake(n, true, true));
    Map<String, Integer> ids =
        speaks ? Map.of(RecordedTalk.NAME, THEIR_ID) : Collections.emptyMap();
    ExtensionHandshake told = new ExtensionHandshake.Draft().ids(ids).handshake();
    TreeMap<String, BDictionary> own = new TreeMap<>();
    own.put(RecordedTalk.NAME, BDictionary.builder().put("q", n).build());
    byte[] greeting =
        speaks ? ExtensionHandshakeCodec.encode(told, own) : ExtensionHandshakeCodec.encode(told);
    peer.say(new Message.Extended(0, ByteBuffer.wrap(greeting)));
    world.loop.run(0);
    return peer;
  }

  private void seed(int slots) {
    world.storage.fill();
    world.start(
        content.metainfo(),
        new TorrentOptions(false, false, List.of(), TorrentLimits.of(0, 0), 50, slots));
    world.pump();
  }

  /** Wants all pieces, and asks for the first blocks. */
  private FarPeer leech(int n, boolean speaks) {
    FarPeer peer = join(n, speaks);
    peer.say(new Message.HaveNone(), new Message.Interested());
    world.loop.run(0);
    return peer;
  }

  private static void ask(FarPeer peer, int blocks) {
    for (int i = 0; i < blocks; i++) {
      peer.say(TorrentWorld.request(i / 4, i % 4));
    }
  }

  @Test
  void itIsInOurHandshake() {
    seed(4);
    ByteBuffer payload = join(1, false).heard(Message.Extended.class).getFirst().payload();
    assertThat(ExtensionHandshakeCodec.decode(payload).ids())
        .containsEntry(RecordedTalk.NAME, OUR_ID);
    assertThat(ExtensionHandshakeCodec.told(payload, RecordedTalk.NAME).orElseThrow().integer("q"))
        .hasValue(5);
  }

  @Test
  void whereItIsNotSpokenItIsNotInOurHandshake() {
    TorrentWorld other =
        new TorrentWorld(content.privateTwin(4), 256, EncryptionPolicy.OFF, List.of(talk));
    other.start();
    FarPeer peer = other.join(Hosts.host(1), other.handshake(1, true, true));
    ByteBuffer payload = peer.heard(Message.Extended.class).getFirst().payload();
    assertThat(ExtensionHandshakeCodec.decode(payload).ids()).doesNotContainKey(RecordedTalk.NAME);
    peer.say(new Message.Extended(OUR_ID, ByteBuffer.wrap(new byte[] {1})));
    other.loop.run(0);
    assertThat(talk.told).isEmpty();
  }

  @Test
  void messagesGoBothWaysToWhoSpeaksIt() {
    seed(4);
    FarPeer speaker = join(1, true);
    FarPeer other = join(2, false);
    assertThat(talk.told).containsExactly("greeting 1");
    speaker.heard();
    other.heard();
    for (FarPeer peer : List.of(speaker, other)) {
      peer.say(new Message.Extended(OUR_ID, ByteBuffer.wrap(new byte[] {7})));
    }
    world.loop.run(0);
    assertThat(speaker.heard(Message.Extended.class))
        .containsExactly(new Message.Extended(THEIR_ID, ByteBuffer.wrap(new byte[] {7})));
    assertThat(other.heard(Message.Extended.class)).isEmpty();
    speaker.pipe().reset();
    world.loop.run(0);
    assertThat(talk.told).contains("closed");
  }

  @Test
  void noMoreIsSentThanTheCredit() {
    talk.credit = 3 * PieceLayout.BLOCK - 1;
    seed(4);
    FarPeer peer = leech(1, true);
    ask(peer, 8);
    world.run(1);
    assertThat(peer.blocks()).hasSize(2);
    assertThat(talk.told.stream().filter(t -> t.equals("sent " + PieceLayout.BLOCK))).hasSize(2);
    world.near(peer).slot().credit(5 * PieceLayout.BLOCK);
    world.near(peer).pump();
    world.run(1);
    assertThat(peer.blocks()).hasSize(3);
    world.near(peer).slot().credit(Long.MAX_VALUE);
    world.run(1);
    assertThat(peer.blocks()).hasSize(3);
  }

  @Test
  void whoSpeaksItNotHasNoLimit() {
    talk.credit = 0;
    seed(4);
    FarPeer peer = leech(1, false);
    ask(peer, 8);
    world.run(1);
    assertThat(peer.blocks()).hasSize(8);
  }

  @Test
  void aSoldSlotIsTakenFromOthersAtOnceAndTheFreeShareIsKept() {
    seed(2);
    FarPeer first = leech(1, false);
    FarPeer second = leech(2, false);
    FarPeer payer = leech(3, true);
    assertThat(world.near(payer).chokedByUs()).isTrue();
    talk.buyer = world.near(payer).key();
    world.run(1);
    assertThat(world.near(payer).chokedByUs()).as("nobody said that it waits").isTrue();
    talk.waiting = true;
    world.run(1);
    assertThat(talk.told).contains("sells 1 to 3");
    assertThat(world.near(payer).chokedByUs()).isFalse();
    assertThat(List.of(first, second)).filteredOn(p -> !world.near(p).chokedByUs()).hasSize(1);
  }

  @Test
  void aConnectionIsKeptWhileItIsNeeded() {
    talk.needed = true;
    seed(4);
    FarPeer peer = join(1, true);
    peer.say(new Message.HaveAll());
    world.run(2);
    assertThat(peer.pipe().isClosed()).isFalse();
    talk.needed = false;
    world.run(2);
    assertThat(peer.pipe().isClosed()).isTrue();
  }

  @Test
  void blocksThatWereAskedForCountOnce() {
    world.start();
    FarPeer near = world.seed(1);
    world.pump();
    Message.Request asked = near.heard(Message.Request.class).getFirst();
    near.sayBlock(asked.piece(), asked.begin(), world.block(asked));
    near.sayBlock(asked.piece(), asked.begin(), world.block(asked));
    world.loop.run(0);
    String block = "block " + asked.piece() + "/" + asked.begin();
    assertThat(talk.told).containsExactly(block, block + " unasked");
  }

  @Test
  void aBlockThatWasTakenBackCountsOnceUnlessItIsRefused() {
    world.start();
    FarPeer near = world.seed(1);
    world.pump();
    List<Message.Request> asked = near.heard(Message.Request.class);
    int piece = asked.getFirst().piece();
    List<Message.Request> lost = asked.stream().filter(r -> r.piece() == piece).toList();
    assertThat(lost).as("blocks of a piece that are asked for").hasSize(4);
    near.say(new Message.Extended(LOST_ID, ByteBuffer.allocate(4).putInt(piece).flip()));
    Message.Request refused = lost.getFirst();
    Message.Request sent = lost.getLast();
    near.say(new Message.RejectRequest(piece, refused.begin(), refused.length()));
    near.sayBlock(piece, refused.begin(), world.block(refused));
    near.sayBlock(piece, sent.begin(), world.block(sent));
    near.sayBlock(piece, sent.begin(), world.block(sent));
    world.loop.run(0);
    assertThat(talk.told)
        .containsExactly(
            "block " + piece + "/" + refused.begin() + " unasked",
            "block " + piece + "/" + sent.begin(),
            "block " + piece + "/" + sent.begin() + " unasked");
  }
}
