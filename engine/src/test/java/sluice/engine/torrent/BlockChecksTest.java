package sluice.engine.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.engine.crypt.EncryptionPolicy;
import sluice.engine.fake.Content;
import sluice.engine.fake.FarPeer;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.HashRange;
import sluice.protocol.merkle.MerkleLayers;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.wire.Message;

/** Blocks of a peer that is paid are verified before their piece (BEP 52). */
class BlockChecksTest {
  private static final int PIECES = 2;
  private static final int BLOCKS = 8;
  private static final int BLOCK = 16_384;

  private final RecordedTalk talk = new RecordedTalk();
  private final Content content = Content.of(PIECES, BLOCKS, MetainfoBuilder.Version.V2);
  private final TorrentWorld world =
      new TorrentWorld(content, 256, EncryptionPolicy.OFF, List.of(talk));
  private final MerkleLayers tree = tree();
  private FarPeer seed;

  private MerkleLayers tree() {
    byte[] leaves = new byte[PIECES * BLOCKS * Hash.SHA256_BYTES];
    for (int i = 0; i < PIECES * BLOCKS; i++) {
      byte[] block = world.block(request(i));
      System.arraycopy(
          Hash.sha256(block).bytes(), 0, leaves, i * Hash.SHA256_BYTES, Hash.SHA256_BYTES);
    }
    return MerkleLayers.ofLeaves(leaves);
  }

  private static Message.Request request(int block) {
    return new Message.Request(block / BLOCKS, block % BLOCKS * BLOCK, BLOCK);
  }

  @BeforeEach
  void start() {
    world.start(content.metainfo(), TorrentWorld.options(true));
    seed = world.seed(1);
  }

  /** Sends so many blocks; the one with number {@code bad} is changed. */
  private void serve(int most, int bad) {
    int sent = 0;
    for (int i = 0; i < 100; i++) {
      world.pump();
      for (Message message : seed.heard()) {
        if (message instanceof Message.Request r && sent < most) {
          byte[] block = world.block(r);
          block[9] ^= (byte) (sent == bad ? 1 : 0);
          seed.sayBlock(r.piece(), r.begin(), block);
          sent++;
        } else if (message instanceof Message.HashRequest r) {
          seed.say(answer(r));
        }
        world.loop.run(0);
      }
    }
  }

  private Message.Hashes answer(Message.HashRequest r) {
    HashRange range = new HashRange(r.baseLayer(), r.index(), r.length(), r.proofLayers());
    byte[] hashes = range.answer(tree.height(), tree).orElseThrow();
    return new Message.Hashes(
        r.piecesRoot(),
        r.baseLayer(),
        r.index(),
        r.length(),
        r.proofLayers(),
        ByteBuffer.wrap(hashes));
  }

  private List<String> told(String what) {
    return talk.told.stream().filter(t -> t.startsWith(what)).toList();
  }

  @Test
  void aBlockIsKnownToBeRightBeforeItsPieceIs() {
    talk.pays = true;
    serve(3, -1);
    assertThat(told("right")).hasSize(3);
    assertThat(told("good")).isEmpty();
    assertThat(told("wrong")).isEmpty();
  }

  @Test
  void aWrongBlockIsKnownAsSuch() {
    talk.pays = true;
    serve(3, 1);
    assertThat(told("right")).hasSize(2);
    assertThat(told("wrong")).hasSize(1);
    assertThat(told("bad")).isEmpty();
  }

  @Test
  void whoIsNotPaidIsNotChecked() {
    serve(3, -1);
    assertThat(told("block")).hasSize(3);
    assertThat(told("right")).isEmpty();
  }
}
