package sluice.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.engine.port.Storage.Slice;
import sluice.protocol.digest.Digests;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.PieceHash;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.PieceLayout;
import sluice.storage.pool.SlabPool;

/**
 * Measures commit, read and check of one v1 file. Arguments: folder (a tmpfs shows the cost of our
 * side), MiB, piece length in KiB.
 */
public final class StorageBench {
  private static final int DEPTH = 16;

  private final QueueLoop loop = new QueueLoop();
  private final SlabPool pool = new SlabPool(SlabPool.DEFAULT_BYTES);
  private final byte[] piece;
  private final PieceHash expected;
  private final PieceLayout layout;
  private final List<FileEntry> files;
  private int open;

  private StorageBench(long bytes, int pieceLength) {
    piece = new byte[pieceLength];
    new Random(1).nextBytes(piece);
    expected = new PieceHash(Optional.of(Hash.sha1(piece)), Optional.empty());
    files =
        List.of(
            new FileEntry(List.of("f"), bytes, 0, Set.of(), Optional.empty(), Optional.empty()));
    layout = PieceLayout.of(pieceLength, files);
  }

  /** Runs all measurements three times. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory(Path.of(args[0]), "bench");
    long bytes = Long.parseLong(args[1]) << 20;
    StorageBench bench = new StorageBench(bytes, Integer.parseInt(args[2]) << 10);
    Disk disk = new Disk(bench.pool, Disk.Config.defaults());
    Storage storage = disk.open(bench.files, bench.layout, Place.of(folder), "bench", bench.loop);
    for (int round = 0; round < 3; round++) {
      bench.measure("sha-1, all cores", bench::raw);
      bench.measure("commit", () -> bench.commit(storage));
      bench.measure("read 8 blocks", () -> bench.read(storage, true));
      bench.measure("read 1 block", () -> bench.read(storage, false));
      bench.measure("check", () -> bench.check(storage));
    }
    Files.delete(folder.resolve("f"));
    Files.delete(folder);
  }

  private interface Part {
    void run();
  }

  private void measure(String name, Part part) {
    Duration cpu = cpu();
    long wall = System.nanoTime();
    part.run();
    double seconds = (System.nanoTime() - wall) / 1e9;
    double gib = layout.totalLength() / (double) (1 << 30);
    System.out.printf(
        "%-20s %7.0f MB/s  %.3f CPU s/GiB%n",
        name, layout.totalLength() / 1e6 / seconds, cpu().minus(cpu).toMillis() / 1e3 / gib);
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private void raw() {
    int threads = Runtime.getRuntime().availableProcessors();
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Thread thread =
          new Thread(() -> {
            MessageDigest sha1 = Digests.sha1();
            for (int i = 0; i < layout.pieceCount() / threads; i++) {
              sha1.update(piece);
              sha1.digest();
            }
          });
      thread.start();
      all.add(thread);
    }
    all.forEach(StorageBench::join);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void commit(Storage storage) {
    Storage.CommitHandler handler =
        new Storage.CommitHandler() {
          @Override
          public void onGood() {
            open--;
          }

          @Override
          public void onBad(List<Long> blockDigests) {
            throw new IllegalStateException("bad");
          }

          @Override
          public void onFault(Fault fault) {
            throw new IllegalStateException(fault.detail());
          }
        };
    for (int i = 0; i < layout.pieceCount(); i++) {
      loop.until(() -> open < DEPTH);
      List<Block> blocks = new ArrayList<>();
      for (int at = 0; at < piece.length; at += PieceLayout.BLOCK) {
        Block block = pool.take();
        block.bytes().put(ByteBuffer.wrap(piece, at, PieceLayout.BLOCK));
        blocks.add(block);
      }
      open++;
      storage.commit(i, blocks, expected, handler);
    }
    loop.until(() -> open == 0);
  }

  private void read(Storage storage, boolean batched) {
    Storage.ReadHandler handler =
        new Storage.ReadHandler() {
          @Override
          public void onRead(List<List<Block>> blocks) {
            blocks.forEach(list -> list.forEach(Block::release));
            open--;
          }

          @Override
          public void onFault(Fault fault) {
            throw new IllegalStateException(fault.detail());
          }
        };
    int batch = batched ? 8 : 1;
    for (int i = 0; i < layout.pieceCount(); i++) {
      for (int block = 0; block < layout.blockCount(i); block += batch) {
        List<Slice> slices = new ArrayList<>();
        for (int b = block; b < block + batch; b++) {
          slices.add(new Slice(i, b * PieceLayout.BLOCK, PieceLayout.BLOCK));
        }
        loop.until(() -> open < DEPTH);
        open++;
        storage.read(slices, handler);
      }
    }
    loop.until(() -> open == 0);
  }

  private void check(Storage storage) {
    AtomicReference<Object> result = new AtomicReference<>();
    storage.check(layout.pieceCount(), i -> expected, new StorageFixture.Gather(result));
    loop.until(() -> result.get() != null);
    if (((BitSet) result.get()).cardinality() != layout.pieceCount()) {
      throw new IllegalStateException("a piece is wrong");
    }
  }
}
