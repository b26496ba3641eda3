package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FarPeer;
import sluice.engine.fake.Hosts;
import sluice.engine.peer.Extension;
import sluice.engine.rate.TorrentLimits;
import sluice.protocol.wire.ExtensionHandshake;
import sluice.protocol.wire.ExtensionHandshakeCodec;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.MetadataCodec;
import sluice.protocol.wire.MetadataMessage;

/** What a peer that has only a magnet gets of a torrent. */
class MetadataServiceTest {
  private static final int THEIR_ID = 9;

  /** 1,000 pieces, so that the info dictionary has more than one piece of metadata. */
  private final Content content = Content.of(1_000, 1);

  private final byte[] info = content.metainfo().info().raw();
  private final TorrentWorld world = new TorrentWorld(content, 64);

  @Test
  void theInfoDictionaryIsGivenInPieces() {
    world.start();
    FarPeer far = connect();
    ExtensionHandshake ours = greeting(far);
    assertThat(ours.metadataSize()).isEqualTo(OptionalInt.of(info.length));
    assertThat(ours.ids()).containsEntry("ut_metadata", Extension.METADATA.id());
    tell(far, THEIR_ID);
    int pieces = MetadataMessage.pieces(info.length);
    assertThat(pieces).isEqualTo(2);
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    for (int i = 0; i < pieces; i++) {
      ask(far, i);
      MetadataMessage.Data data = (MetadataMessage.Data) answers(far).getFirst();
      assertThat(data.piece()).isEqualTo(i);
      assertThat(data.totalSize()).hasValue(info.length);
      byte[] bytes = new byte[data.bytes().remaining()];
      data.bytes().duplicate().get(bytes);
      got.writeBytes(bytes);
    }
    assertThat(got.toByteArray()).isEqualTo(info);
  }

  @Test
  void whatIsNotThereIsRejected() {
    world.start();
    FarPeer far = connect();
    tell(far, THEIR_ID);
    ask(far, 2);
    assertThat(answers(far)).containsExactly(new MetadataMessage.Reject(2));
  }

  @Test
  void aPeerGetsThreeCopies() {
    world.start();
    FarPeer far = connect();
    tell(far, THEIR_ID);
    List<MetadataMessage> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ask(far, i % 2);
      all.addAll(answers(far));
    }
    assertThat(all.subList(0, 6)).allMatch(MetadataMessage.Data.class::isInstance);
    assertThat(all.subList(6, 10)).allMatch(MetadataMessage.Reject.class::isInstance);
  }

  @Test
  void aPeerWhoseOutboxIsFullWaits() {
    world.start();
    FarPeer far = connect();
    tell(far, THEIR_ID);
    far.pipe().stuck(true);
    byte[] much = new byte[2 << 20];
    far.pipe().write(ByteBuffer.wrap(much));
    ask(far, 0);
    assertThat(far.pipe().pending()).isEqualTo(much.length);
    far.pipe().stuck(false);
    far.pipe().take();
    world.pump();
    assertThat(answers(far)).hasSize(1);
  }

  @Test
  void answersAreChargedAgainstTheUploadLimit() {
    TorrentOptions slow =
        new TorrentOptions(true, false, List.of(), TorrentLimits.of(0, 4_000), 50, 8);
    world.start(content.metainfo(), slow);
    FarPeer far = connect();
    tell(far, THEIR_ID);
    for (int i = 0; i < 6; i++) {
      ask(far, i % 2);
    }
    int soon = answers(far).size();
    assertThat(soon).isBetween(1, 5);
    world.run(30);
    assertThat(answers(far)).hasSize(6 - soon);
  }

  @Test
  void nothingIsSentToAPeerThatSwitchedItOff() {
    world.start();
    FarPeer far = connect();
    tell(far, THEIR_ID);
    tell(far, 0);
    ask(far, 0);
    assertThat(answers(far)).isEmpty();
    assertThat(far.pipe().isClosed()).isFalse();
  }

  private FarPeer connect() {
    FarPeer far = world.join(Hosts.host(1), world.handshake(1, true, true));
    world.loop.run(0);
    return far;
  }

  private static ExtensionHandshake greeting(FarPeer far) {
    return far.heard(Message.Extended.class).stream()
        .map(m -> ExtensionHandshakeCodec.decode(m.payload()))
        .findFirst()
        .orElseThrow();
  }

  private static void tell(FarPeer far, int id) {
    byte[] payload =
        ("d1:md11:ut_metadatai" + id + "eee").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    far.say(new Message.Extended(0, ByteBuffer.wrap(payload)));
  }

  private void ask(FarPeer far, int piece) {
    ByteBuffer payload = MetadataCodec.encode(new MetadataMessage.Request(piece));
    far.say(new Message.Extended(Extension.METADATA.id(), payload));
    world.loop.run(0);
  }

  private static List<MetadataMessage> answers(FarPeer far) {
    return far.heard(Message.Extended.class).stream()
        .filter(m -> m.id() == THEIR_ID)
        .map(m -> MetadataCodec.decode(m.payload()))
        .toList();
  }
}
