package sluice.examples;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.PieceHash;
import sluice.protocol.merkle.PieceVerifier;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.PieceLayout;

/**
 * A storage of one's own: the pieces of a torrent in memory, by number, never written to a disk.
 * Called on the loop. It works inside the loop, which is only good for small torrents: hashing
 * belongs to other threads.
 */
public final class MemoryStorage implements Storage {
  private static final Fault UNSUPPORTED =
      new Fault(Fault.Kind.IO, "what is in memory has no place");

  private final Loop loop;
  private final BlockPool pool;
  private final PieceLayout layout;
  private final PieceVerifier verifier = new PieceVerifier();
  private final Map<Integer, byte[]> pieces;

  /** A storage that fills {@code pieces}, which outlives it. */
  public MemoryStorage(
      Metainfo metainfo, Loop loop, BlockPool pool, ConcurrentHashMap<Integer, byte[]> pieces) {
    this.loop = loop;
    this.pool = pool;
    this.layout = metainfo.info().layout();
    this.pieces = pieces;
  }

  private byte[] piece(int piece) {
    return pieces.computeIfAbsent(piece, p -> new byte[layout.pieceDataSize(p)]);
  }

  private boolean isGood(int piece, byte[] data, PieceHash expected) {
    return verifier.verify(List.of(ByteBuffer.wrap(data)), layout.pieceSize(piece), expected);
  }

  /** The first eight bytes of the SHA-256 of each block. */
  private static List<Long> digests(byte[] data) {
    List<Long> all = new ArrayList<>();
    for (int at = 0; at < data.length; at += PieceLayout.BLOCK) {
      byte[] block = Arrays.copyOfRange(data, at, Math.min(at + PieceLayout.BLOCK, data.length));
      all.add(ByteBuffer.wrap(Hash.sha256(block).bytes()).getLong());
    }
    return all;
  }

  /** Takes the bytes out of the blocks and gives their memory back. */
  private static byte[] bytes(List<Block> blocks, int length) {
    byte[] data = new byte[length];
    for (int i = 0; i < blocks.size(); i++) {
      int at = i * PieceLayout.BLOCK;
      blocks.get(i).bytes().get(data, at, Math.min(PieceLayout.BLOCK, length - at));
      blocks.get(i).release();
    }
    return data;
  }

  @Override
  public void read(List<Slice> slices, ReadHandler handler) {
    loop.execute(() -> {
      List<List<Block>> all = new ArrayList<>();
      for (Slice slice : slices) {
        List<Block> blocks = new ArrayList<>();
        all.add(blocks);
        for (int at = 0; at < slice.length(); at += PieceLayout.BLOCK) {
          Block block = pool.take();
          if (block == null) {
            all.forEach(taken -> taken.forEach(Block::release));
            handler.onFault(new Fault(Fault.Kind.NO_SPACE, "the block pool is used up"));
            return;
          }
          int length = Math.min(PieceLayout.BLOCK, slice.length() - at);
          block.bytes().put(piece(slice.piece()), slice.begin() + at, length);
          blocks.add(block);
        }
      }
      handler.onRead(all);
    });
  }

  @Override
  public void commit(int piece, List<Block> blocks, PieceHash expected, CommitHandler handler) {
    byte[] data = bytes(blocks, layout.pieceDataSize(piece));
    loop.execute(() -> {
      boolean good = isGood(piece, data, expected);
      if (good || expected.v2().isPresent()) {
        pieces.put(piece, data);
      }
      if (good) {
        handler.onGood();
      } else {
        handler.onBad(digests(data));
      }
    });
  }

  @Override
  public void spill(int piece, int firstBlock, List<Block> blocks, SpillHandler handler) {
    int begin = firstBlock * PieceLayout.BLOCK;
    int most = blocks.size() * PieceLayout.BLOCK;
    byte[] data = bytes(blocks, Math.min(most, layout.pieceDataSize(piece) - begin));
    System.arraycopy(data, 0, piece(piece), begin, data.length);
    loop.execute(() -> handler.onSpilled(digests(data)));
  }

  @Override
  public void verify(int piece, PieceHash expected, CommitHandler handler) {
    loop.execute(() -> {
      if (isGood(piece, piece(piece), expected)) {
        handler.onGood();
      } else {
        handler.onBad(digests(piece(piece)));
      }
    });
  }

  @Override
  public Check check(BitSet which, IntFunction<PieceHash> expected, CheckHandler handler) {
    BitSet asked = (BitSet) which.clone();
    loop.execute(() -> {
      BitSet good = new BitSet();
      for (int i = asked.nextSetBit(0); i >= 0; i = asked.nextSetBit(i + 1)) {
        good.set(i, pieces.containsKey(i) && isGood(i, piece(i), expected.apply(i)));
      }
      handler.onChecked(0, layout.pieceCount(), good);
      handler.onEnd();
    });
    return () -> {};
  }

  @Override
  public void leaves(int piece, LeavesHandler handler) {
    byte[] data = piece(piece);
    ByteBuffer leaves = ByteBuffer.allocate(layout.blockCount(piece) * Hash.SHA256_BYTES);
    for (int at = 0; at < data.length; at += PieceLayout.BLOCK) {
      int end = Math.min(at + PieceLayout.BLOCK, data.length);
      leaves.put(Hash.sha256(Arrays.copyOfRange(data, at, end)).bytes());
    }
    loop.execute(() -> handler.onLeaves(leaves.array()));
  }

  @Override
  public void probe(ProbeHandler handler) {
    Presence presence =
        new Presence(
            Optional.of(new RootIdentity("memory")),
            new Stamps(new long[0], new long[0]),
            Long.MAX_VALUE);
    loop.execute(() -> handler.onPresence(presence));
  }

  @Override
  public Running prepare(DoneHandler handler) {
    loop.execute(handler::onDone);
    return () -> {};
  }

  @Override
  public void select(BitSet wantedFiles, DoneHandler handler) {
    loop.execute(handler::onDone);
  }

  @Override
  public void sync(DoneHandler handler) {
    loop.execute(handler::onDone);
  }

  @Override
  public void close(DoneHandler handler) {
    loop.execute(handler::onDone);
  }

  @Override
  public Running move(String folder, MoveHandler handler) {
    loop.execute(() -> handler.onFault(UNSUPPORTED));
    return () -> {};
  }

  @Override
  public void find(String folder, DoneHandler handler) {
    loop.execute(() -> handler.onFault(UNSUPPORTED));
  }

  @Override
  public void renameFile(int file, List<String> path, DoneHandler handler) {
    loop.execute(() -> handler.onFault(UNSUPPORTED));
  }

  @Override
  public void renameFolder(List<String> from, List<String> to, DoneHandler handler) {
    loop.execute(() -> handler.onFault(UNSUPPORTED));
  }

  @Override
  public Map<Integer, List<String>> renamed() {
    return Map.of();
  }

  @Override
  public void delete(DoneHandler handler) {
    pieces.clear();
    loop.execute(handler::onDone);
  }
}
