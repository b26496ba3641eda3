package sluice.engine.fake;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import sluice.engine.port.Block;
import sluice.engine.port.BlockPool;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Presence;
import sluice.engine.port.RootIdentity;
import sluice.engine.port.Running;
import sluice.engine.port.Stamps;
import sluice.engine.port.Storage;
import sluice.engine.swarm.SmartBan;
import sluice.protocol.digest.Digests;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.PieceHash;
import sluice.protocol.merkle.PieceVerifier;
import sluice.protocol.metainfo.PieceLayout;

/**
 * A disk in memory. Work completes in the next turn, or when {@link #resume} is called after {@link
 * #hold}; each kind of work can be made to fail.
 */
public final class FakeStorage implements Storage {
  /** Pieces that the check finds right. */
  public final BitSet good = new BitSet();

  /** What was asked for, in order, such as {@code commit 3}. */
  public final List<String> log = new ArrayList<>();

  public Optional<Fault> prepareFault = Optional.empty();
  public Optional<Fault> commitFault = Optional.empty();
  public Optional<Fault> readFault = Optional.empty();
  public Optional<Fault> spillFault = Optional.empty();
  public Optional<Fault> checkFault = Optional.empty();
  public Optional<Fault> deleteFault = Optional.empty();

  /** What probes find. */
  public Presence presence;

  private final Map<Integer, List<String>> renamed = new TreeMap<>();
  private final Loop loop;
  private final BlockPool pool;
  private final Content content;
  private final byte[] disk;
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean held;

  public FakeStorage(Loop loop, BlockPool pool, Content content) {
    this.loop = loop;
    this.pool = pool;
    this.content = content;
    disk = new byte[(int) content.layout().totalLength()];
    presence =
        new Presence(
            Optional.of(new RootIdentity("fake")),
            new Stamps(new long[] {content.layout().dataLength()}, new long[] {1}),
            Long.MAX_VALUE);
  }

  /** Lets no work complete. */
  public void hold() {
    held = true;
  }

  /** Completes what waits, and what comes. */
  public void resume() {
    held = false;
    List<Runnable> ready = List.copyOf(waiting);
    waiting.clear();
    ready.forEach(loop::execute);
  }

  /** Completes at once what waits, and what is asked for meanwhile, all in one turn. */
  public void resumeInOneTurn() {
    while (!waiting.isEmpty()) {
      waiting.removeFirst().run();
    }
  }

  /** Somebody overwrites everything. */
  public void damage() {
    Arrays.fill(disk, (byte) 77);
  }

  /** Puts the right bytes of all pieces on the disk. */
  public void fill() {
    PieceLayout layout = content.layout();
    for (int i = 0; i < layout.pieceCount(); i++) {
      byte[] piece = content.slice(i, 0, layout.pieceSize(i));
      System.arraycopy(piece, 0, disk, i * layout.pieceLength(), piece.length);
    }
    good.set(0, layout.pieceCount());
  }

  private void later(String what, Runnable completion) {
    log.add(what);
    if (held) {
      waiting.add(completion);
    } else {
      loop.execute(completion);
    }
  }

  @Override
  public void read(List<Slice> slices, ReadHandler handler) {
    later(
        "read " + slices.size(),
        () -> {
          if (readFault.isPresent()) {
            handler.onFault(readFault.get());
          } else {
            handler.onRead(slices.stream().map(this::blocks).toList());
          }
        });
  }

  private List<Block> blocks(Slice slice) {
    List<Block> blocks = new ArrayList<>();
    for (int at = 0; at < slice.length(); at += PieceLayout.BLOCK) {
      Block block = pool.take();
      if (block == null) {
        throw new IllegalStateException("a read without a reservation");
      }
      int from = slice.piece() * content.layout().pieceLength() + slice.begin() + at;
      block.bytes().put(disk, from, Math.min(PieceLayout.BLOCK, slice.length() - at));
      blocks.add(block);
    }
    return blocks;
  }

  @Override
  public void commit(int piece, List<Block> blocks, PieceHash expected, CommitHandler handler) {
    later(
        "commit " + piece,
        () -> {
          byte[] bytes = release(piece, 0, blocks);
          if (commitFault.isPresent()) {
            handler.onFault(commitFault.get());
          } else if (isRight(piece, bytes, expected)) {
            write(piece, 0, bytes);
            handler.onGood();
          } else {
            if (blocks.size() > 1 && expected.v2().isPresent()) {
              write(piece, 0, bytes);
            }
            handler.onBad(digests(bytes));
          }
        });
  }

  @Override
  public void spill(int piece, int firstBlock, List<Block> blocks, SpillHandler handler) {
    later(
        "spill " + piece + " " + firstBlock + "+" + blocks.size(),
        () -> {
          byte[] bytes = release(piece, firstBlock, blocks);
          if (spillFault.isPresent()) {
            handler.onFault(spillFault.get());
          } else {
            write(piece, firstBlock, bytes);
            handler.onSpilled(digests(bytes));
          }
        });
  }

  @Override
  public void verify(int piece, PieceHash expected, CommitHandler handler) {
    later(
        "verify " + piece,
        () -> {
          byte[] bytes = new byte[content.layout().pieceSize(piece)];
          System.arraycopy(disk, piece * content.layout().pieceLength(), bytes, 0, bytes.length);
          if (isRight(piece, bytes, expected)) {
            handler.onGood();
          } else {
            handler.onBad(digests(bytes));
          }
        });
  }

  private boolean isRight(int piece, byte[] bytes, PieceHash expected) {
    return new PieceVerifier()
        .verify(List.of(ByteBuffer.wrap(bytes)), content.layout().pieceSize(piece), expected);
  }

  private void write(int piece, int block, byte[] bytes) {
    int at = piece * content.layout().pieceLength() + block * PieceLayout.BLOCK;
    System.arraycopy(bytes, 0, disk, at, bytes.length);
  }

  private byte[] release(int piece, int firstBlock, List<Block> blocks) {
    ByteBuffer bytes = ByteBuffer.allocate(blocks.size() * PieceLayout.BLOCK);
    for (int i = 0; i < blocks.size(); i++) {
      int length = content.layout().blockLength(piece, firstBlock + i);
      bytes.put(blocks.get(i).bytes().limit(length));
      blocks.get(i).release();
    }
    byte[] all = new byte[bytes.flip().remaining()];
    bytes.get(all);
    return all;
  }

  private static List<Long> digests(byte[] bytes) {
    List<Long> digests = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += PieceLayout.BLOCK) {
      int length = Math.min(PieceLayout.BLOCK, bytes.length - at);
      digests.add(SmartBan.digest(ByteBuffer.wrap(bytes, at, length)));
    }
    return digests;
  }

  @Override
  public Check check(BitSet which, IntFunction<PieceHash> expected, CheckHandler handler) {
    int count = which.length();
    boolean[] cancelled = new boolean[1];
    later(
        "check",
        () -> {
          if (checkFault.isPresent()) {
            handler.onFault(checkFault.get());
            return;
          }
          if (!cancelled[0]) {
            BitSet right = (BitSet) good.clone();
            right.and(which);
            handler.onChecked(0, count, right);
          }
          handler.onEnd();
        });
    return () -> cancelled[0] = true;
  }

  @Override
  public void leaves(int piece, LeavesHandler handler) {
    later(
        "leaves " + piece,
        () -> {
          if (readFault.isPresent()) {
            handler.onFault(readFault.get());
            return;
          }
          PieceLayout layout = content.layout();
          ByteBuffer leaves = ByteBuffer.allocate(layout.blockCount(piece) * Hash.SHA256_BYTES);
          for (int i = 0; i < layout.blockCount(piece); i++) {
            int at = piece * layout.pieceLength() + i * PieceLayout.BLOCK;
            byte[] block = Arrays.copyOfRange(disk, at, at + layout.blockLength(piece, i));
            leaves.put(Digests.sha256().digest(block));
          }
          handler.onLeaves(leaves.array());
        });
  }

  @Override
  public Running prepare(DoneHandler handler) {
    later("prepare", () -> prepareFault.ifPresentOrElse(handler::onFault, handler::onDone));
    return () -> log.add("cancel prepare");
  }

  @Override
  public void select(BitSet wantedFiles, DoneHandler handler) {
    later("select " + wantedFiles, handler::onDone);
  }

  @Override
  public void probe(ProbeHandler handler) {
    later("probe", () -> handler.onPresence(presence));
  }

  @Override
  public Running move(String folder, MoveHandler handler) {
    later(
        "move " + folder,
        () -> {
          handler.onProgress(5, 10);
          handler.onMoved(done -> later("delete old", done::onDone));
        });
    return () -> log.add("cancel move");
  }

  @Override
  public void find(String folder, DoneHandler handler) {
    later("find " + folder, handler::onDone);
  }

  @Override
  public void renameFile(int file, List<String> path, DoneHandler handler) {
    renamed.put(file, List.copyOf(path));
    later("rename " + file + " " + path, handler::onDone);
  }

  @Override
  public void renameFolder(List<String> from, List<String> to, DoneHandler handler) {
    later("rename " + from + " " + to, handler::onDone);
  }

  @Override
  public Map<Integer, List<String>> renamed() {
    return renamed;
  }

  @Override
  public void delete(DoneHandler handler) {
    later("delete", () -> deleteFault.ifPresentOrElse(handler::onFault, handler::onDone));
  }

  @Override
  public void sync(DoneHandler handler) {
    later("sync", handler::onDone);
  }

  @Override
  public void close(DoneHandler handler) {
    later("close", handler::onDone);
  }
}
