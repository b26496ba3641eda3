package sluice.engine.torrent;

import static java.util.stream.Collectors.counting;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FarPeer;
import sluice.engine.rate.TorrentLimits;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.wire.Message;

class HashServiceTest {
  private static final int PIECES = 4;

  private final TorrentWorld world =
      new TorrentWorld(Content.of(PIECES, 2, MetainfoBuilder.Version.V2), 64);
  private final Hash root =
      world.content.metainfo().info().files().getFirst().piecesRoot().orElseThrow();

  @Test
  void aPieceLayerIsGiven() {
    FarPeer peer = join(0);
    peer.say(pieceLayer(root));
    world.pump();
    byte[] layer = world.content.metainfo().pieceLayers().get(root).bytes();
    assertThat(peer.heard(Message.Hashes.class))
        .singleElement()
        .satisfies(answer -> {
          assertThat(answer.piecesRoot()).isEqualTo(root);
          assertThat(answer.hashes()).isEqualTo(ByteBuffer.wrap(layer));
        });
  }

  @Test
  void whatIsNotKeptIsRefused() {
    FarPeer peer = join(0);
    peer.say(
        new Message.HashRequest(root, 0, 0, 2, 0),
        pieceLayer(Hash.of(new byte[Hash.SHA256_BYTES])));
    world.pump();
    List<Message> heard = peer.heard();
    assertThat(heard).filteredOn(Message.HashReject.class::isInstance).hasSize(2);
    assertThat(heard).filteredOn(Message.Hashes.class::isInstance).isEmpty();
  }

  @Test
  void hashesCountAgainstTheUploadLimit() {
    FarPeer peer = join(1);
    for (int i = 0; i < 500; i++) {
      peer.say(pieceLayer(root));
    }
    world.pump();
    Map<Boolean, Long> answers =
        peer.heard().stream()
            .collect(Collectors.partitioningBy(Message.Hashes.class::isInstance, counting()));
    assertThat(answers.get(true)).isBetween(1L, 400L);
    assertThat(answers.get(false)).isGreaterThanOrEqualTo(100);
    world.loop.runSeconds(200);
    assertThat(world.near(peer).uploadAllowance()).as("refusals are free").isPositive();
  }

  /** The slots of the other peers take all of the limit. */
  @Test
  void whoPaysGetsHashesBeyondTheUploadLimit() {
    FarPeer peer = join(1);
    world.near(peer).slot().credit(1L << 30);
    for (int i = 0; i < 500; i++) {
      peer.say(pieceLayer(root));
      world.loop.run(0);
      peer.heard().forEach(answer -> assertThat(answer).isNotInstanceOf(Message.HashReject.class));
    }
    assertThat(world.near(peer).uploadAllowance()).isNotPositive();
  }

  private FarPeer join(long upBytesPerSecond) {
    TorrentOptions options =
        new TorrentOptions(false, false, List.of(), TorrentLimits.of(0, upBytesPerSecond), 50, 8);
    world.start(world.content.metainfo(), options);
    return world.join(1, true);
  }

  private static Message.HashRequest pieceLayer(Hash of) {
    return new Message.HashRequest(of, 1, 0, PIECES, 0);
  }
}
