package sluice.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.engine.port.Storage.Slice;

/** Everything at once on two open files: commits in random order, then reads beside a check. */
class ConcurrencyTest {
  private static final int PIECE = 20_000;

  @TempDir Path folder;
  private int commits;
  private int reads;

  @Test
  void operationsDoNotDisturbEachOther() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int[] lengths = random.ints(80, 1, 60_000).toArray();
    TestTorrent torrent = TestTorrent.v1(PIECE, random, lengths);
    try (StorageFixture fixture = new StorageFixture(torrent, folder, 1_024, 2)) {
      commitAll(fixture, random);
      AtomicReference<Object> checked = new AtomicReference<>();
      StorageFixture.Gather gather = new StorageFixture.Gather(checked);
      fixture.storage.check(torrent.layout.pieceCount(), torrent::expected, gather);
      for (int i = 0; i < 300; i++) {
        readOne(fixture, new Slice(random.nextInt(torrent.layout.pieceCount() - 1), i, 3_000));
      }
      BitSet good = (BitSet) fixture.await(checked);
      fixture.loop.until(() -> reads == 300);
      assertThat(good.cardinality()).as("seed " + seed).isEqualTo(torrent.layout.pieceCount());
      assertThat(fixture.disk.openFileCount()).isLessThanOrEqualTo(2 + 6);
    }
    for (int i = 0; i < lengths.length; i++) {
      assertThat(Files.readAllBytes(torrent.path(folder, i)))
          .as("file " + i + " with seed " + seed)
          .isEqualTo(torrent.content(i));
    }
  }

  private void commitAll(StorageFixture fixture, Random random) {
    assertThat(fixture.done(fixture.storage::prepare)).isNull();
    TestTorrent torrent = fixture.torrent;
    List<Integer> order = new ArrayList<>();
    for (int piece = 0; piece < torrent.layout.pieceCount(); piece++) {
      order.add(piece);
    }
    Collections.shuffle(order, random);
    for (int piece : order) {
      List<Block> blocks = fixture.blocks(torrent.data(piece));
      fixture.storage.commit(piece, blocks, torrent.expected(piece), new Committed());
    }
    fixture.loop.until(() -> commits == order.size());
  }

  private void readOne(StorageFixture fixture, Slice slice) {
    fixture.storage.read(
        List.of(slice),
        new Storage.ReadHandler() {
          @Override
          public void onRead(List<List<Block>> blocks) {
            byte[] read = new byte[slice.length()];
            blocks.getFirst().getFirst().bytes().get(read);
            blocks.getFirst().getFirst().release();
            int from = slice.piece() * PIECE + slice.begin();
            assertThat(read)
                .isEqualTo(Arrays.copyOfRange(fixture.torrent.space, from, from + read.length));
            reads++;
          }

          @Override
          public void onFault(Fault fault) {
            throw new AssertionError(fault);
          }
        });
  }

  private final class Committed implements Storage.CommitHandler {
    @Override
    public void onGood() {
      commits++;
    }

    @Override
    public void onBad(List<Long> blockDigests) {
      throw new AssertionError("bad");
    }

    @Override
    public void onFault(Fault fault) {
      throw new AssertionError(fault);
    }
  }
}
