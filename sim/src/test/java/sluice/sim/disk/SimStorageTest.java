package sluice.sim.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.MerkleTree;
import sluice.protocol.merkle.PieceHash;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.PieceLayout;
import sluice.sim.world.Chance;
import sluice.sim.world.SimLoop;
import sluice.sim.world.SimPool;
import sluice.sim.world.SimWorld;

class SimStorageTest {
  private static final int PIECE = 32_768;

  private final PieceLayout layout =
      PieceLayout.of(
          PIECE,
          List.of(
              file("a", 20_000, 0, Set.of()),
              file("pad", 12_768, 20_000, Set.of(FileEntry.Attribute.PAD)),
              file("b", 70_001, 32_768, Set.of())));
  private final SimContent.Pieces truth = new SimContent(3).pieces(layout);
  private final SimWorld world = new SimWorld(1);
  private final SimLoop loop = world.loop("a");
  private final SimPool pool = new SimPool(8);
  private final SimDisk disk = SimDisk.slow();
  private final List<String> seen = new ArrayList<>();
  private SimVolume volume = SimVolume.empty(truth);

  private static FileEntry file(
      String name, long length, long offset, Set<FileEntry.Attribute> attributes) {
    return new FileEntry(
        List.of(name), length, offset, attributes, Optional.empty(), Optional.empty());
  }

  private SimStorage storage() {
    return new SimStorage(loop, pool, disk, volume);
  }

  private void onLoop(Runnable task) {
    loop.execute(task);
    world.runFor(Duration.ofSeconds(1));
  }

  private List<Block> blocks(int piece) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < layout.blockCount(piece); i++) {
      Block block = pool.take();
      block.bytes().put(truth.piece(piece), i * 16_384, layout.blockLength(piece, i));
      blocks.add(block);
    }
    return blocks;
  }

  private PieceHash v1(int piece) {
    return new PieceHash(Optional.of(Hash.sha1(truth.piece(piece))), Optional.empty());
  }

  private PieceHash hybrid(int piece) {
    int size = layout.pieceDataSize(piece);
    byte[] leaves = new byte[64];
    int count = 0;
    for (int at = 0; at < size; at += 16_384) {
      byte[] block = Arrays.copyOfRange(truth.piece(piece), at, Math.min(size, at + 16_384));
      System.arraycopy(Hash.sha256(block).bytes(), 0, leaves, 32 * count, 32);
      count++;
    }
    Hash root = MerkleTree.root(leaves, count, 2);
    return new PieceHash(v1(piece).v1(), Optional.of(new PieceHash.V2(root, 2)));
  }

  private final Storage.CommitHandler commits =
      new Storage.CommitHandler() {
        @Override
        public void onGood() {
          seen.add("good");
        }

        @Override
        public void onBad(List<Long> digests) {
          seen.add("bad " + digests.size());
        }

        @Override
        public void onFault(Fault fault) {
          seen.add(fault.kind().toString());
        }
      };

  @Test
  void goodPiecesAreWrittenAndBadOnesAreNot() {
    SimStorage storage = storage();
    for (int piece = 0; piece < 4; piece++) {
      int p = piece;
      onLoop(() -> storage.commit(p, blocks(p), hybrid(p), commits));
    }
    assertThat(seen).containsExactly("good", "good", "good", "good");
    assertThat(volume.isTrue()).isTrue();
    onLoop(() -> storage.commit(0, blocks(0), v1(1), commits));
    assertThat(seen).endsWith("bad 2");
    assertThat(pool.available()).isEqualTo(8);
  }

  @Test
  void aFlippedByteIsFoundByEachHash() {
    SimStorage storage = storage();
    PieceHash both = hybrid(1);
    commitFlipped(storage, v1(1));
    assertThat(volume.isMissing(1)).as("of no use without block hashes").isTrue();
    commitFlipped(storage, new PieceHash(Optional.empty(), both.v2()));
    commitFlipped(storage, both);
    assertThat(seen).containsExactly("bad 2", "bad 2", "bad 2");
    assertThat(volume.isMissing(1)).as("its right blocks are kept").isFalse();
  }

  private void commitFlipped(SimStorage storage, PieceHash hash) {
    List<Block> blocks = blocks(1);
    blocks.get(1).bytes().put(5, (byte) ~blocks.get(1).bytes().get(5));
    onLoop(() -> storage.commit(1, blocks, hash, commits));
  }

  @Test
  void readsGiveTheTruthOrNothing() {
    volume = SimVolume.full(truth);
    SimStorage storage = storage();
    List<byte[]> read = new ArrayList<>();
    Storage.ReadHandler handler =
        new Storage.ReadHandler() {
          @Override
          public void onRead(List<List<Block>> blocks) {
            for (List<Block> slice : blocks) {
              for (Block block : slice) {
                byte[] copy = new byte[16_384];
                block.bytes().get(copy);
                read.add(copy);
                block.release();
              }
            }
          }

          @Override
          public void onFault(Fault fault) {
            seen.add(fault.kind().toString());
          }
        };
    Storage.Slice slice = new Storage.Slice(1, 100, 20_000);
    onLoop(() -> storage.read(List.of(slice, new Storage.Slice(0, 19_999, 2)), handler));
    assertThat(read).hasSize(3);
    assertThat(read.get(0)).isEqualTo(Arrays.copyOfRange(truth.piece(1), 100, 16_484));
    assertThat(Arrays.copyOf(read.get(1), 3_616))
        .isEqualTo(Arrays.copyOfRange(truth.piece(1), 16_484, 20_100));
    assertThat(read.get(2)[1]).isZero();
    onLoop(() -> storage.read(List.of(slice, slice, slice, slice, slice), handler));
    disk.failReads(1);
    onLoop(() -> storage.read(List.of(slice), handler));
    assertThat(seen).containsExactly("NO_SPACE", "IO");
    assertThat(pool.available()).isEqualTo(8);
  }

  @Test
  void faultsCostNoBlocks() {
    SimStorage storage = storage();
    disk.space(50_000);
    onLoop(() -> storage.commit(1, blocks(1), v1(1), commits));
    onLoop(() -> storage.commit(2, blocks(2), v1(2), commits));
    assertThat(seen).containsExactly("good", "NO_SPACE");
    assertThat(pool.available()).isEqualTo(8);
  }

  @Test
  void checkTellsTruthUnlessTheVolumeLies() {
    volume = SimVolume.full(truth);
    volume.corrupt(1);
    volume.lie(3);
    SimStorage storage = storage();
    Storage.CheckHandler handler =
        new Storage.CheckHandler() {
          @Override
          public void onChecked(int from, int to, BitSet good) {
            seen.add(from + ".." + to + " " + good);
          }

          @Override
          public void onEnd() {
            seen.add("end");
          }

          @Override
          public void onFault(Fault fault) {
            seen.add(fault.kind().toString());
          }
        };
    onLoop(() -> storage.check(4, this::v1, handler));
    assertThat(seen).containsExactly("0..4 {0, 2, 3}", "end");
  }

  @Test
  void aCrashLosesWhatWasNotForced() {
    SimStorage storage = storage();
    for (int piece = 0; piece < 4; piece++) {
      int p = piece;
      onLoop(() -> storage.commit(p, blocks(p), v1(p), commits));
      if (piece == 1) {
        onLoop(() -> storage.sync(new Done()));
      }
    }
    int lost = 0;
    for (long seed = 0; seed < 8 && lost == 0; seed++) {
      volume.crash(new Chance(seed));
      lost = (volume.isTrue(2) ? 0 : 1) + (volume.isTrue(3) ? 0 : 1);
      assertThat(volume.isTrue(0) && volume.isTrue(1)).isTrue();
    }
    assertThat(lost).isPositive();
  }

  private static final class Done implements Storage.DoneHandler {
    @Override
    public void onDone() {
      // nothing depends on the moment
    }

    @Override
    public void onFault(Fault fault) {
      throw new AssertionError(fault);
    }
  }
}
