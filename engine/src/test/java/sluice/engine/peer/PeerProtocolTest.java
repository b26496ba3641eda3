package sluice.engine.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.engine.count.Ending;
import sluice.engine.fake.FarPeer;
import sluice.engine.peer.PeerWorld.Connected;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.ExtensionHandshake;
import sluice.protocol.wire.ExtensionHandshakeCodec;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.PieceSet;

class PeerProtocolTest {
  private static final int BLOCK = PieceLayout.BLOCK;

  private final PeerWorld world = new PeerWorld();

  private static Message bitfield(int... pieces) {
    PieceSet set = new PieceSet(PeerWorld.PIECES);
    for (int piece : pieces) {
      set.set(piece);
    }
    return new Message.Bitfield(ByteBuffer.wrap(set.toWire()));
  }

  static Stream<Arguments> violations() {
    Message have = new Message.Have(0);
    return Stream.of(
        Arguments.of("have none after a have", true, List.of(have, new Message.HaveNone())),
        Arguments.of("have all twice", true, List.of(new Message.HaveAll(), new Message.HaveAll())),
        Arguments.of(
            "have all after a bitfield", true, List.of(bitfield(1), new Message.HaveAll())),
        Arguments.of("a piece out of range", false, List.of(new Message.Have(PeerWorld.PIECES))),
        Arguments.of("a negative piece", false, List.of(new Message.Have(-1))),
        Arguments.of("have all without fast", false, List.of(new Message.HaveAll())),
        Arguments.of("have none without fast", false, List.of(new Message.HaveNone())),
        Arguments.of("suggest without fast", false, List.of(new Message.SuggestPiece(1))),
        Arguments.of("allowed fast without fast", false, List.of(new Message.AllowedFast(1))),
        Arguments.of("reject without fast", false, List.of(new Message.RejectRequest(1, 0, BLOCK))),
        Arguments.of("a request of nothing", true, List.of(new Message.Request(1, 0, 0))),
        Arguments.of("a request that is too long", true, List.of(request(1, 0, 8 * BLOCK + 1))),
        Arguments.of("a request beyond the piece", true, List.of(request(1, 3 * BLOCK, BLOCK + 1))),
        Arguments.of("a request of no piece", true, List.of(request(PeerWorld.PIECES, 0, BLOCK))),
        Arguments.of("a negative begin", true, List.of(request(1, -BLOCK, BLOCK))));
  }

  private static Message request(int piece, int begin, int length) {
    return new Message.Request(piece, begin, length);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("violations")
  void closesOnViolation(String name, boolean fast, List<Message> messages) {
    Connected peer = world.connect(fast);
    peer.far().say(messages.toArray(new Message[0]));
    assertThat(peer.far().pipe().isClosed()).isTrue();
    world.turn();
    assertThat(world.told).filteredOn(t -> t.startsWith("closed ")).hasSize(1);
    assertThat(world.told.getLast()).isNotEqualTo("closed closed by us");
    assertThat(peer.near().isClosed()).isTrue();
  }

  @Test
  void endingsAndBytesAreCounted() {
    Connected ours = world.connect(true);
    Connected theirs = world.connect(true);
    Connected liar = world.connect(true);
    long before = world.counts.told().receivedProtocol();
    theirs.far().say(new Message.Have(0), new Message.Interested());
    assertThat(world.counts.told().receivedProtocol() - before).isEqualTo(9 + 5);
    ours.near().close();
    theirs.far().pipe().reset();
    liar.far().say(new Message.HaveAll(), new Message.HaveAll());
    world.turn();
    assertThat(world.counts.told().endings())
        .isEqualTo(Map.of(Ending.OURS, 1L, Ending.PEER, 1L, Ending.PROTOCOL, 1L));
  }

  @Test
  void aBitfieldTellsPiecesOnce() {
    Connected peer = world.connect(false);
    peer.far().say(bitfield(1, 4, 19), new Message.Have(4), new Message.Have(5));
    assertThat(world.told).containsExactly("pieces 3", "have 5");
    assertThat(peer.near().pieces().count()).isEqualTo(4);
  }

  @Test
  void aLaterBitfieldStandsForHaves() {
    Connected peer = world.connect(false);
    peer.far().say(new Message.Have(0), bitfield(0, 3), bitfield(3, 4));
    assertThat(world.told).containsExactly("have 0", "have 3", "have 4");
    assertThat(peer.near().pieces().count()).isEqualTo(3);
  }

  @Test
  void haveAllMakesASeed() {
    Connected peer = world.connect(true);
    peer.far().say(new Message.HaveAll());
    assertThat(peer.near().isSeed()).isTrue();
    assertThat(world.told).containsExactly("pieces 20");
  }

  @Test
  void anExtensionHandshakeMayPrecedeTheBitfield() {
    Connected peer = world.connect(true);
    byte[] payload = ExtensionHandshakeCodec.encode(ExtensionHandshake.EMPTY);
    peer.far().say(new Message.Extended(0, ByteBuffer.wrap(payload)), bitfield(2));
    assertThat(world.told).containsExactly("capabilities", "pieces 1");
  }

  @Test
  void messagesOfOtherKindsAreIgnored() {
    Connected peer = world.connect(true);
    peer.far()
        .say(
            new Message.KeepAlive(),
            new Message.Port(6_881),
            new Message.SuggestPiece(3),
            new Message.Extended(9, ByteBuffer.wrap(new byte[] {1, 2})));
    peer.far().pipe().deliver(new byte[] {0, 0, 0, 2, 99, 7});
    assertThat(world.told).isEmpty();
    assertThat(peer.far().pipe().isClosed()).isFalse();
  }

  @Test
  void tellsChokeAndInterestOnlyWhenTheyChange() {
    Connected peer = world.connect(false);
    peer.far()
        .say(
            new Message.Choke(),
            new Message.Interested(),
            new Message.Interested(),
            new Message.Unchoke(),
            new Message.Choke(),
            new Message.Choke(),
            new Message.NotInterested(),
            new Message.NotInterested());
    assertThat(world.told).containsExactly("interested", "may request", "choked", "not interested");
  }

  @Test
  void capabilitiesAccumulate() {
    Connected peer = world.connect(false);
    peer.far().say(extended("d1:pi6999e4:reqqi7e1:v6:Other/e"));
    peer.far().say(extended("d11:upload_onlyi1ee"));
    Capabilities told = peer.near().capabilities();
    assertThat(told.listenPort()).hasValue(6_999);
    assertThat(told.requestLimit()).isEqualTo(7);
    assertThat(told.client()).contains("Other/");
    assertThat(told.uploadOnly()).isTrue();
    assertThat(peer.near().requests().room()).as("one below what it takes").isEqualTo(6);
    assertThat(peer.near().isUploadOnly()).isTrue();
  }

  @Test
  void anExtensionHandshakeThatIsNoDictionaryCloses() {
    Connected peer = world.connect(false);
    peer.far().say(extended("i1e"));
    assertThat(peer.far().pipe().isClosed()).isTrue();
  }

  private static Message extended(String payload) {
    byte[] bytes = payload.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    return new Message.Extended(0, ByteBuffer.wrap(bytes));
  }

  /** Blocks that nobody asked for are skipped up to 32 MiB, and what is asked for makes up. */
  @Test
  void unrequestedBlocksAreAFlood() {
    Connected peer = world.connect(false);
    byte[] block = FarPeer.blockBytes(1, 0, new byte[BLOCK]);
    int allowed = 4 * Requests.MAX_WINDOW;
    for (int i = 0; i < allowed; i++) {
      peer.far().pipe().deliver(block);
    }
    assertThat(peer.far().pipe().isClosed()).isFalse();
    world.target = world.pool.take();
    peer.far().pipe().deliver(block);
    world.target = null;
    peer.far().pipe().deliver(block);
    assertThat(peer.far().pipe().isClosed()).isFalse();
    peer.far().pipe().deliver(block);
    assertThat(peer.far().pipe().isClosed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 100})
  void takesMessagesInAnyFragments(int size) {
    Connected peer = world.connect(true);
    byte[] bytes = concat(bitfield(1, 2), new Message.Interested(), new Message.Have(3));
    for (int at = 0; at < bytes.length; at += size) {
      peer.far().pipe().deliver(java.util.Arrays.copyOfRange(bytes, at, end(bytes, at, size)));
    }
    assertThat(world.told).containsExactly("pieces 2", "interested", "have 3");
  }

  private static int end(byte[] bytes, int at, int size) {
    return Math.min(bytes.length, at + size);
  }

  private static byte[] concat(Message... messages) {
    var out = new java.io.ByteArrayOutputStream();
    for (Message message : messages) {
      out.writeBytes(FarPeer.bytes(message));
    }
    return out.toByteArray();
  }

  @Test
  void interestFollowsWhatIsWanted() {
    Connected peer = world.connect(false);
    peer.near().wantedChanged(2);
    peer.near().wantedChanged(-1);
    world.turn();
    assertThat(peer.far().heard()).containsExactly(new Message.Interested());
    peer.near().wantedChanged(-1);
    peer.near().wantedChanged(0);
    world.turn();
    assertThat(peer.far().heard()).containsExactly(new Message.NotInterested());
    peer.near().wantedChanged(1);
    world.turn();
    assertThat(peer.far().heard()).containsExactly(new Message.Interested());
  }

  /** When the receive limit is spent, the connection is not read until tokens are there again. */
  @Test
  void pausesReadingWhenTheLimitIsSpent() {
    PeerWorld limited = new PeerWorld(16, 100_000, 0);
    Connected peer = limited.connect(false);
    peer.far().pipe().deliver(FarPeer.blockBytes(1, 0, new byte[BLOCK]));
    assertThat(peer.far().pipe().isReading()).isTrue();
    peer.far().pipe().deliver(FarPeer.blockBytes(1, 0, new byte[BLOCK]));
    assertThat(peer.far().pipe().isReading()).isFalse();
    peer.near().pump();
    assertThat(peer.far().pipe().isReading()).isFalse();
    limited.loop.run(100_000_000L);
    peer.near().pump();
    assertThat(peer.far().pipe().isReading()).isTrue();
  }
}
