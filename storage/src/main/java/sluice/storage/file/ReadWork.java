package sluice.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import sluice.engine.port.Block;
import sluice.engine.port.BlockPool;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage.Slice;
import sluice.protocol.metainfo.PieceLayout;
import sluice.storage.pool.Scratch;

/**
 * One batch of reads: all blocks are taken first, then slices that follow each other in the torrent
 * are read as one run. Belongs to one worker.
 *
 * <p>Either all blocks pass to the caller or all are given back.
 */
final class ReadWork {
  private final TorrentFiles files;
  private final BlockPool pool;
  private final List<Slice> slices;
  private final List<List<Block>> blocks;

  ReadWork(TorrentFiles files, BlockPool pool, List<Slice> slices) {
    this.files = files;
    this.pool = pool;
    this.slices = slices;
    this.blocks = new ArrayList<>(slices.size());
  }

  List<List<Block>> run(Scratch scratch) throws IOException {
    boolean done = false;
    try {
      takeAll();
      int[] order = ascending();
      for (int first = 0; first < order.length; ) {
        int next = runEnd(order, first);
        readRun(scratch, order, first, next);
        first = next;
      }
      done = true;
      return blocks;
    } finally {
      if (!done) {
        blocks.forEach(list -> list.forEach(Block::release));
      }
    }
  }

  private void takeAll() throws FaultException {
    for (Slice slice : slices) {
      int count = (slice.length() + PieceLayout.BLOCK - 1) / PieceLayout.BLOCK;
      List<Block> taken = new ArrayList<>(count);
      blocks.add(taken);
      for (int i = 0; i < count; i++) {
        Block block = pool.take();
        if (block == null) {
          throw new FaultException(Fault.Kind.NO_SPACE, "the block memory is used up");
        }
        taken.add(block);
      }
    }
  }

  private int[] ascending() {
    return IntStream.range(0, slices.size())
        .boxed()
        .sorted(Comparator.comparingLong(i -> start(slices.get(i))))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private long start(Slice slice) {
    return (long) slice.piece() * files.layout().pieceLength() + slice.begin();
  }

  /** End of the slices from {@code first} that touch each other and fit the stage together. */
  private int runEnd(int[] order, int first) {
    long from = start(slices.get(order[first]));
    long end = from + slices.get(order[first]).length();
    int next = first + 1;
    while (next < order.length) {
      Slice slice = slices.get(order[next]);
      if (start(slice) != end || end + slice.length() - from > Scratch.STAGE_BYTES) {
        break;
      }
      end += slice.length();
      next++;
    }
    return next;
  }

  private void readRun(Scratch scratch, int[] order, int first, int next) throws IOException {
    Slice head = slices.get(order[first]);
    if (next == first + 1 && head.length() <= PieceLayout.BLOCK) {
      ByteBuffer target = blocks.get(order[first]).getFirst().bytes();
      files.read(head.piece(), head.begin(), head.length(), target);
      return;
    }
    Slice tail = slices.get(order[next - 1]);
    int length = (int) (start(tail) + tail.length() - start(head));
    ByteBuffer stage = scratch.stage();
    files.read(head.piece(), head.begin(), length, stage);
    int at = 0;
    for (int i = first; i < next; i++) {
      int size = slices.get(order[i]).length();
      new BlockRun(blocks.get(order[i])).copyFrom(stage.slice(at, size));
      at += size;
    }
  }
}
