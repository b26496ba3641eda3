package sluice.sim.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import sluice.engine.port.Block;
import sluice.engine.port.BlockPool;
import sluice.engine.port.Fault;
import sluice.engine.port.Running;
import sluice.engine.port.Storage;
import sluice.protocol.merkle.PieceHash;
import sluice.protocol.metainfo.PieceLayout;
import sluice.sim.world.SimLoop;

/**
 * The storage of one torrent in one process: a volume behind a disk with costs and faults. Work is
 * done at the moment of its completion, with the bytes that the blocks hold then.
 */
public final class SimStorage implements Storage {
  private static final int CHECK_BATCH = 64;
  private static final Fault POOL_EMPTY =
      new Fault(Fault.Kind.NO_SPACE, "the block pool is used up");

  private final SimLoop loop;
  private final BlockPool pool;
  private final SimDisk disk;
  private final SimVolume volume;
  private final PieceLayout layout;
  private final Map<Integer, List<String>> renamed = new TreeMap<>();
  private final BitSet checked = new BitSet();
  private boolean closed;

  /** The storage of {@code volume} on {@code disk} for the process of {@code loop}. */
  public SimStorage(SimLoop loop, BlockPool pool, SimDisk disk, SimVolume volume) {
    this.loop = loop;
    this.pool = pool;
    this.disk = disk;
    this.volume = volume;
    this.layout = volume.layout();
  }

  /** Whether the engine has closed it. */
  public boolean isClosed() {
    return closed;
  }

  /** Pieces that it was asked to check. */
  public BitSet checked() {
    return (BitSet) checked.clone();
  }

  private void begin() {
    loop.check();
    if (closed) {
      throw new IllegalStateException("the storage is closed");
    }
  }

  @Override
  public void read(List<Slice> slices, ReadHandler handler) {
    begin();
    long bytes = 0;
    for (Slice slice : slices) {
      if (!layout.isRequest(slice.piece(), slice.begin(), slice.length())) {
        throw new IllegalArgumentException("not inside a piece: " + slice);
      }
      bytes += slice.length();
    }
    List<Slice> asked = List.copyOf(slices);
    disk.run(loop, bytes, "read", () -> readNow(asked, handler));
  }

  private void readNow(List<Slice> slices, ReadHandler handler) {
    Optional<Fault> fault = disk.reading();
    List<List<Block>> all = new ArrayList<>(slices.size());
    for (Slice slice : slices) {
      List<Block> blocks = new ArrayList<>();
      all.add(blocks);
      byte[] piece = volume.read(slice.piece());
      for (int at = 0; at < slice.length() && fault.isEmpty(); at += PieceLayout.BLOCK) {
        Block block = pool.take();
        if (block == null) {
          fault = Optional.of(POOL_EMPTY);
        } else {
          int length = Math.min(PieceLayout.BLOCK, slice.length() - at);
          block.bytes().put(piece, slice.begin() + at, length);
          blocks.add(block);
        }
      }
    }
    if (fault.isPresent()) {
      all.forEach(blocks -> blocks.forEach(Block::release));
      handler.onFault(fault.get());
    } else {
      handler.onRead(all);
    }
  }

  @Override
  public void commit(int piece, List<Block> blocks, PieceHash expected, CommitHandler handler) {
    begin();
    if (blocks.size() != layout.blockCount(piece)) {
      throw new IllegalArgumentException(blocks.size() + " blocks for piece " + piece);
    }
    List<Block> owned = List.copyOf(blocks);
    disk.run(
        loop,
        layout.pieceDataSize(piece),
        "commit",
        () -> commitNow(piece, owned, expected, handler));
  }

  private void commitNow(int piece, List<Block> blocks, PieceHash expected, CommitHandler handler) {
    byte[] data = gather(piece, 0, blocks);
    boolean good = Verifier.isGood(padded(piece, data), data.length, expected);
    if (!good && (blocks.size() == 1 || expected.v2().isEmpty())) {
      handler.onBad(Verifier.digests(data));
      return;
    }
    Optional<Fault> fault = disk.writing(data.length);
    if (fault.isPresent()) {
      handler.onFault(fault.get());
      return;
    }
    volume.write(piece, 0, data);
    if (good) {
      handler.onGood();
    } else {
      handler.onBad(Verifier.digests(data));
    }
  }

  /** The bytes of {@code blocks}, which are released. */
  private byte[] gather(int piece, int firstBlock, List<Block> blocks) {
    int begin = firstBlock * PieceLayout.BLOCK;
    int end = Math.min(begin + blocks.size() * PieceLayout.BLOCK, layout.pieceDataSize(piece));
    byte[] data = new byte[end - begin];
    for (int i = 0; i < blocks.size(); i++) {
      int at = i * PieceLayout.BLOCK;
      blocks.get(i).bytes().get(data, at, Math.min(PieceLayout.BLOCK, data.length - at));
      blocks.get(i).release();
    }
    return data;
  }

  private byte[] padded(int piece, byte[] data) {
    int size = layout.pieceSize(piece);
    return data.length == size ? data : Arrays.copyOf(data, size);
  }

  @Override
  public void spill(int piece, int firstBlock, List<Block> blocks, SpillHandler handler) {
    begin();
    if (blocks.isEmpty() || firstBlock + blocks.size() > layout.blockCount(piece)) {
      throw new IllegalArgumentException("no such blocks of piece " + piece);
    }
    List<Block> owned = List.copyOf(blocks);
    disk.run(
        loop,
        (long) owned.size() * PieceLayout.BLOCK,
        "spill",
        () -> {
          byte[] data = gather(piece, firstBlock, owned);
          Optional<Fault> fault = disk.writing(data.length);
          if (fault.isPresent()) {
            handler.onFault(fault.get());
            return;
          }
          volume.write(piece, firstBlock * PieceLayout.BLOCK, data);
          handler.onSpilled(Verifier.digests(data));
        });
  }

  @Override
  public void verify(int piece, PieceHash expected, CommitHandler handler) {
    begin();
    int size = layout.pieceDataSize(piece);
    disk.run(
        loop,
        size,
        "verify",
        () -> {
          Optional<Fault> fault = disk.reading();
          if (fault.isPresent()) {
            handler.onFault(fault.get());
          } else if (Verifier.isGood(volume.read(piece), size, expected)) {
            handler.onGood();
          } else {
            handler.onBad(Verifier.digests(Arrays.copyOf(volume.read(piece), size)));
          }
        });
  }

  @Override
  public Check check(BitSet which, IntFunction<PieceHash> expected, CheckHandler handler) {
    begin();
    checked.or(which);
    RunningCheck check = new RunningCheck((BitSet) which.clone(), expected, handler);
    check.next(0);
    return check;
  }

  @Override
  public void leaves(int piece, LeavesHandler handler) {
    begin();
    int size = layout.pieceDataSize(piece);
    disk.run(
        loop,
        size,
        "leaves",
        () -> {
          Optional<Fault> fault = disk.reading();
          if (fault.isPresent()) {
            handler.onFault(fault.get());
          } else {
            handler.onLeaves(Verifier.leaves(volume.read(piece), size));
          }
        });
  }

  @Override
  public Running prepare(DoneHandler handler) {
    return simple("prepare", handler, () -> {});
  }

  @Override
  public void select(BitSet wantedFiles, DoneHandler handler) {
    simple("select", handler, () -> {});
  }

  @Override
  public void probe(ProbeHandler handler) {
    begin();
    disk.run(
        loop,
        0,
        "probe",
        () -> handler.onPresence(volume.presence(disk.isAbsent(), disk.spaceBytes())));
  }

  @Override
  public void sync(DoneHandler handler) {
    simple("sync", handler, volume::sync);
  }

  @Override
  public Running move(String folder, MoveHandler handler) {
    return simple(
        "move",
        new DoneHandler() {
          @Override
          public void onDone() {
            handler.onMoved(deleted -> simple("delete old", deleted, () -> {}));
          }

          @Override
          public void onFault(Fault fault) {
            handler.onFault(fault);
          }
        },
        volume::sync);
  }

  @Override
  public void find(String folder, DoneHandler handler) {
    simple("find", handler, () -> {});
  }

  @Override
  public void renameFile(int file, List<String> path, DoneHandler handler) {
    List<String> name = List.copyOf(path);
    simple("rename", handler, () -> renamed.put(file, name));
  }

  @Override
  public void renameFolder(List<String> from, List<String> to, DoneHandler handler) {
    simple("rename", handler, () -> {});
  }

  @Override
  public Map<Integer, List<String>> renamed() {
    return Collections.unmodifiableMap(renamed);
  }

  @Override
  public void delete(DoneHandler handler) {
    simple("delete", handler, volume::clear);
  }

  /** Something that moves no data and fails when the disk is away or it was given up. */
  private Running simple(String label, DoneHandler handler, Runnable work) {
    begin();
    boolean[] cancelled = new boolean[1];
    disk.run(
        loop,
        0,
        label,
        () -> {
          Optional<Fault> fault =
              cancelled[0]
                  ? Optional.of(new Fault(Fault.Kind.CANCELLED, label + " was given up"))
                  : disk.touching();
          if (fault.isPresent()) {
            handler.onFault(fault.get());
          } else {
            work.run();
            handler.onDone();
          }
        });
    return () -> cancelled[0] = true;
  }

  @Override
  public void close(DoneHandler handler) {
    begin();
    closed = true;
    disk.run(
        loop,
        0,
        "close",
        () -> {
          if (!disk.isAbsent()) {
            volume.sync();
          }
          handler.onDone();
        });
  }

  /** A check that goes over the pieces in batches. */
  private final class RunningCheck implements Check {
    private final BitSet which;
    private final int count;
    private final IntFunction<PieceHash> expected;
    private final CheckHandler handler;
    private boolean cancelled;

    RunningCheck(BitSet which, IntFunction<PieceHash> expected, CheckHandler handler) {
      this.which = which;
      this.count = which.length();
      this.expected = expected;
      this.handler = handler;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    void next(int from) {
      int to = Math.min(count, from + CHECK_BATCH);
      long bytes = 0;
      for (int piece = from; piece < to; piece++) {
        bytes += !which.get(piece) || volume.isMissing(piece) ? 0 : layout.pieceSize(piece);
      }
      disk.run(loop, bytes, "check", () -> batch(from, to));
    }

    private void batch(int from, int to) {
      if (cancelled || from >= count) {
        handler.onEnd();
        return;
      }
      Optional<Fault> fault = disk.reading();
      if (fault.isPresent()) {
        handler.onFault(fault.get());
        return;
      }
      BitSet good = new BitSet();
      for (int piece = from; piece < to; piece++) {
        good.set(piece, which.get(piece) && isGood(piece));
      }
      handler.onChecked(from, to, good);
      next(to);
    }

    private boolean isGood(int piece) {
      return volume.isLying(piece)
          || (!volume.isMissing(piece)
              && Verifier.isGood(
                  volume.read(piece), layout.pieceDataSize(piece), expected.apply(piece)));
    }
  }
}
