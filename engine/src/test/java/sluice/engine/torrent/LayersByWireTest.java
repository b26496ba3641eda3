package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.engine.fake.Content;
import sluice.engine.fake.FarPeer;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.HashRange;
import sluice.protocol.merkle.MerkleLayers;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.PieceSet;

/** A v2 torrent whose file brings no piece layers gets them from peers. */
class LayersByWireTest {
  private static final int PIECES = 600;
  private static final int BLOCKS = 2;

  private final Content v2 = Content.of(PIECES, BLOCKS, MetainfoBuilder.Version.V2);
  private final MerkleLayers tree = tree();
  private TorrentWorld world = new TorrentWorld(v2, 64);

  private MerkleLayers tree() {
    byte[] leaves = new byte[PIECES * BLOCKS * Hash.SHA256_BYTES];
    for (int i = 0; i < PIECES * BLOCKS; i++) {
      Hash leaf = Hash.sha256(v2.block(i / BLOCKS, i % BLOCKS));
      System.arraycopy(leaf.bytes(), 0, leaves, i * Hash.SHA256_BYTES, Hash.SHA256_BYTES);
    }
    return MerkleLayers.ofLeaves(leaves);
  }

  @BeforeEach
  void start() throws MetainfoException {
    Metainfo bare = MetainfoParser.parseInfo(v2.metainfo().info().raw());
    world.start(bare, TorrentWorld.options(true));
  }

  /** Answers hash requests of what {@code far} heard; gives the other messages. */
  private List<Message> answer(FarPeer far, int flip) {
    List<Message> heard = far.heard();
    for (Message message : heard) {
      if (message instanceof Message.HashRequest r) {
        far.say(answer(r, flip));
        world.loop.run(0);
      }
    }
    return heard;
  }

  private Message.Hashes answer(Message.HashRequest r, int flip) {
    HashRange range = new HashRange(r.baseLayer(), r.index(), r.length(), r.proofLayers());
    byte[] hashes = range.answer(tree.height(), tree).orElseThrow();
    hashes[5] ^= (byte) flip;
    return new Message.Hashes(
        r.piecesRoot(),
        r.baseLayer(),
        r.index(),
        r.length(),
        r.proofLayers(),
        ByteBuffer.wrap(hashes));
  }

  private void serve(FarPeer far, int seconds) {
    for (int i = 0; i < seconds * 10; i++) {
      world.pump();
      for (Message message : answer(far, 0)) {
        if (message instanceof Message.Request r) {
          far.sayBlock(r.piece(), r.begin(), world.block(r));
          world.loop.run(0);
        }
      }
    }
  }

  @Test
  void layersComeInRangesAndThenThePieces() {
    FarPeer seed = world.seed(1);
    world.loop.run(0);
    List<Message> heard = seed.heard();
    assertThat(heard).noneMatch(Message.Request.class::isInstance);
    List<Message.HashRequest> asked =
        heard.stream()
            .filter(Message.HashRequest.class::isInstance)
            .map(Message.HashRequest.class::cast)
            .toList();
    assertThat(asked).extracting(Message.HashRequest::index).containsExactly(0, 512);
    assertThat(asked).allMatch(r -> r.length() == 512 && r.baseLayer() == 1);
    seed.say(answer(asked.getFirst(), 0));
    world.loop.run(0);
    assertThat(seed.heard(Message.Request.class))
        .isNotEmpty()
        .allMatch(r -> r.piece() < HashRange.MAX_LENGTH);
    seed.say(answer(asked.getLast(), 0));
    serve(seed, 200);
    assertThat(world.told).contains("layers 1").doesNotContain("faulted MISSING");
    assertThat(world.torrent().picker().have().count()).isGreaterThan(0);
  }

  @Test
  void everythingIsFetched() {
    FarPeer seed = world.seed(1);
    serve(seed, 60);
    assertThat(world.told).containsExactly("checked 0/600", "layers 1", "completed");
  }

  @Test
  void aLiarIsBannedAndAnotherIsAsked() {
    FarPeer liar = world.seed(1);
    world.loop.run(0);
    answer(liar, 1);
    world.pump();
    assertThat(liar.pipe().isClosed()).isTrue();
    assertThat(world.told).anyMatch(t -> t.startsWith("banned"));
    serve(world.seed(2), 60);
    assertThat(world.told).contains("completed");
  }

  @Test
  void whoRefusesOrIsSilentIsLeftAlone() {
    FarPeer refusing = world.seed(1);
    FarPeer silent = world.seed(2);
    int questions = 0;
    for (int i = 0; i < 600; i++) {
      world.pump();
      silent.heard();
      for (Message.HashRequest r : refusing.heard(Message.HashRequest.class)) {
        questions++;
        refusing.say(
            new Message.HashReject(
                r.piecesRoot(), r.baseLayer(), r.index(), r.length(), r.proofLayers()));
      }
    }
    assertThat(questions).isBetween(2, 24);
    serve(world.seed(3), 60);
    assertThat(world.told).contains("completed").noneMatch(t -> t.startsWith("banned"));
  }

  @Test
  void hashesThatNobodyAskedForAreAFlood() {
    FarPeer peer = world.join(1, true);
    peer.say(new Message.HaveNone());
    Message.HashRequest other = new Message.HashRequest(tree.root(), 1, 0, 2, tree.height() - 2);
    for (int i = 0; i < 150; i++) {
      peer.say(answer(other, 0));
    }
    world.loop.run(0);
    assertThat(peer.pipe().isClosed()).isTrue();
  }

  @Test
  void dataOnDiskIsFoundWhenTheHashesCome() {
    world.storage.good.set(0, PIECES);
    FarPeer seed = world.seed(1);
    for (int i = 0; i < 20; i++) {
      world.pump();
      assertThat(answer(seed, 0)).noneMatch(Message.Request.class::isInstance);
    }
    assertThat(world.told).containsExactly("checked 0/600", "layers 1", "completed");
    assertThat(world.torrent().picker().have().isFull()).isTrue();
    assertThat(world.torrent().counters().downloaded()).isZero();
  }

  /** Blocks of an earlier run count from the moment on at which their piece may be fetched. */
  @Test
  void whatWasBegunBeforeGoesOnWhenTheHashesCome() throws MetainfoException {
    BitSet first = new BitSet();
    first.set(0);
    Resume before =
        new Resume(
            new PieceSet(PIECES),
            new BitSet(),
            Map.of(0, first, PIECES - 1, first),
            true,
            Optional.empty(),
            Totals.ZERO);
    world = new TorrentWorld(v2, 64);
    world.storage.fill();
    world.storage.good.clear();
    Metainfo bare = MetainfoParser.parseInfo(v2.metainfo().info().raw());
    world.start(bare, TorrentWorld.options(true), Optional.of(before));
    serve(world.seed(1), 60);
    assertThat(world.told).contains("completed");
    long all = (long) PIECES * BLOCKS;
    assertThat(world.torrent().counters().downloaded()).isEqualTo((all - 2) * PieceLayout.BLOCK);
  }

  @Test
  void hashesThatCameAreGiven() {
    serve(world.seed(1), 60);
    FarPeer asking = world.join(3, true);
    Message.HashRequest request =
        new Message.HashRequest(tree.root(), 1, 512, 512, tree.height() - 2);
    asking.say(request);
    world.pump();
    assertThat(asking.heard(Message.Hashes.class))
        .singleElement()
        .satisfies(h -> assertThat(h.hashes()).isEqualTo(answer(request, 0).hashes()));
  }

  @Test
  void hashesOfBlocksAreReadFromTheDisk() {
    serve(world.seed(1), 60);
    FarPeer asking = world.join(3, true);
    Message.HashRequest request = new Message.HashRequest(tree.root(), 0, 8, 4, tree.height() - 1);
    asking.say(request);
    world.pump();
    assertThat(asking.heard(Message.Hashes.class))
        .singleElement()
        .satisfies(h -> assertThat(h.hashes()).isEqualTo(answer(request, 0).hashes()));
    assertThat(world.storage.log).contains("leaves 4", "leaves 5");
  }
}
