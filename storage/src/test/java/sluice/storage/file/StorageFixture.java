package sluice.storage.file;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.protocol.metainfo.PieceLayout;
import sluice.storage.pool.SlabPool;

/** A storage whose operations are waited for; closing it asserts that no block leaked. */
final class StorageFixture implements AutoCloseable {
  final QueueLoop loop = new QueueLoop();
  final SlabPool pool;
  final Disk disk;
  final TestTorrent torrent;
  final Storage storage;

  StorageFixture(TestTorrent torrent, Path folder, int poolBlocks, int openFiles) {
    this(torrent, Place.of(folder), poolBlocks, openFiles);
  }

  StorageFixture(TestTorrent torrent, Place place, int poolBlocks, int openFiles) {
    this.torrent = torrent;
    pool = new SlabPool((long) poolBlocks * PieceLayout.BLOCK);
    disk = new Disk(pool, new Disk.Config(2, 2, openFiles));
    storage = disk.open(torrent.files, torrent.layout, place, "test", loop);
  }

  StorageFixture(TestTorrent torrent, Path folder) {
    this(torrent, folder, 4096, 256);
  }

  /** The outcome of a commit or verify: exactly one part is set. */
  record Verdict(boolean good, List<Long> digests, Fault fault) {}

  List<Block> blocks(byte[] data) {
    List<Block> blocks = new ArrayList<>();
    for (int at = 0; at < data.length; at += PieceLayout.BLOCK) {
      Block block = pool.take();
      block.bytes().put(data, at, Math.min(PieceLayout.BLOCK, data.length - at));
      blocks.add(block);
    }
    return blocks;
  }

  Verdict commit(int piece, byte[] data) {
    return verdict(h -> storage.commit(piece, blocks(data), torrent.expected(piece), h));
  }

  Verdict verify(int piece) {
    return verdict(h -> storage.verify(piece, torrent.expected(piece), h));
  }

  /** The leaves of a piece, or the fault. */
  Object leaves(int piece) {
    AtomicReference<Object> result = new AtomicReference<>();
    storage.leaves(
        piece,
        new Storage.LeavesHandler() {
          @Override
          public void onLeaves(byte[] leaves) {
            result.set(leaves);
          }

          @Override
          public void onFault(Fault fault) {
            result.set(fault);
          }
        });
    return await(result);
  }

  private Verdict verdict(Consumer<Storage.CommitHandler> call) {
    AtomicReference<Verdict> result = new AtomicReference<>();
    call.accept(
        new Storage.CommitHandler() {
          @Override
          public void onGood() {
            result.set(new Verdict(true, List.of(), null));
          }

          @Override
          public void onBad(List<Long> blockDigests) {
            result.set(new Verdict(false, blockDigests, null));
          }

          @Override
          public void onFault(Fault fault) {
            result.set(new Verdict(false, List.of(), fault));
          }
        });
    return await(result);
  }

  /** The digests of the blocks, or a fault. */
  Object spill(int piece, int firstBlock, byte[] data) {
    AtomicReference<Object> result = new AtomicReference<>();
    storage.spill(
        piece,
        firstBlock,
        blocks(data),
        new Storage.SpillHandler() {
          @Override
          public void onSpilled(List<Long> blockDigests) {
            result.set(blockDigests);
          }

          @Override
          public void onFault(Fault fault) {
            result.set(fault);
          }
        });
    return await(result);
  }

  /** The bytes of each slice, or a fault. */
  Object read(List<Storage.Slice> slices) {
    AtomicReference<Object> result = new AtomicReference<>();
    storage.read(
        slices,
        new Storage.ReadHandler() {
          @Override
          public void onRead(List<List<Block>> blocks) {
            List<byte[]> all = new ArrayList<>();
            for (int i = 0; i < slices.size(); i++) {
              all.add(bytes(blocks.get(i), slices.get(i).length()));
            }
            result.set(all);
          }

          @Override
          public void onFault(Fault fault) {
            result.set(fault);
          }
        });
    return await(result);
  }

  private static byte[] bytes(List<Block> blocks, int length) {
    ByteBuffer all = ByteBuffer.allocate(blocks.size() * PieceLayout.BLOCK);
    for (Block block : blocks) {
      all.put(block.bytes());
      block.release();
    }
    return Arrays.copyOf(all.array(), length);
  }

  /** The good pieces of a whole check, or a fault. */
  Object check() {
    AtomicReference<Object> result = new AtomicReference<>();
    storage.check(torrent.layout.pieceCount(), torrent::expected, new Gather(result));
    return await(result);
  }

  Fault done(Consumer<Storage.DoneHandler> call) {
    AtomicReference<List<Fault>> result = new AtomicReference<>();
    call.accept(
        new Storage.DoneHandler() {
          @Override
          public void onDone() {
            result.set(List.of());
          }

          @Override
          public void onFault(Fault fault) {
            result.set(List.of(fault));
          }
        });
    List<Fault> faults = await(result);
    return faults.isEmpty() ? null : faults.getFirst();
  }

  <T> T await(AtomicReference<T> result) {
    loop.until(() -> result.get() != null);
    return result.get();
  }

  @Override
  public void close() {
    Fault fault = done(storage::close);
    disk.close();
    if (fault != null) {
      throw new AssertionError("close failed: " + fault);
    }
    if (pool.available() != pool.capacity() || disk.openFileCount() != 0) {
      throw new AssertionError(
          pool.capacity()
              - pool.available()
              + " blocks and "
              + disk.openFileCount()
              + " files leaked");
    }
  }

  /** Gathers the results of a check and the number of pieces that were told. */
  static final class Gather implements Storage.CheckHandler {
    private final AtomicReference<Object> result;
    final BitSet good = new BitSet();
    final BitSet told = new BitSet();

    Gather(AtomicReference<Object> result) {
      this.result = result;
    }

    @Override
    public void onChecked(int from, int to, BitSet these) {
      if (told.get(from, to).cardinality() > 0 || these.length() > to) {
        throw new AssertionError("told twice, or out of range: " + from + " to " + to);
      }
      told.set(from, to);
      good.or(these);
    }

    @Override
    public void onEnd() {
      result.set(good);
    }

    @Override
    public void onFault(Fault fault) {
      result.set(fault);
    }
  }
}
