package sluice.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.protocol.merkle.PieceHash;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.metainfo.PieceLayout.Span;
import sluice.storage.hashing.PieceHasher;
import sluice.storage.pool.Scratch;

/**
 * What is done with one piece: verify it in memory or on disk, and write blocks of it. Files are
 * read through the worker's stage and written in the runs that the blocks make in memory. Any
 * worker.
 */
final class PieceWork {
  /** No block has this digest, as far as anybody knows. */
  private static final long NO_DIGEST = 0;

  private final TorrentFiles files;
  private final PieceLayout layout;

  PieceWork(TorrentFiles files) {
    this.files = files;
    this.layout = files.layout();
  }

  /** Whether {@code blocks}, all of the piece, are what is expected. */
  boolean isGood(Scratch scratch, int piece, List<Block> blocks, PieceHash expected) {
    int size = layout.pieceDataSize(piece);
    PieceHasher hasher = PieceHasher.verifying(scratch, expected, size);
    BlockRun run = new BlockRun(blocks);
    for (int done = 0; done < size; ) {
      ByteBuffer part = run.view(done, size - done);
      done += part.remaining();
      hasher.update(part);
    }
    return hasher.matches(expected, layout.pieceSize(piece) - size);
  }

  /**
   * Whether the piece on disk is what is expected; empty when {@code stop} said so before the end.
   */
  Optional<Boolean> isGoodOnDisk(
      Scratch scratch, int piece, PieceHash expected, BooleanSupplier stop) throws IOException {
    int size = layout.pieceDataSize(piece);
    PieceHasher hasher = PieceHasher.verifying(scratch, expected, size);
    for (int at = 0; at < size; at += Scratch.STAGE_BYTES) {
      if (stop.getAsBoolean()) {
        return Optional.empty();
      }
      ByteBuffer stage = scratch.stage();
      files.read(piece, at, Math.min(Scratch.STAGE_BYTES, size - at), stage);
      hasher.update(stage.flip());
    }
    return Optional.of(hasher.matches(expected, layout.pieceSize(piece) - size));
  }

  /** The same; a piece of which something is missing is not what is expected. */
  boolean isRightOnDisk(Scratch scratch, int piece, PieceHash expected, BooleanSupplier stop)
      throws IOException {
    try {
      return isGoodOnDisk(scratch, piece, expected, stop).orElse(false);
    } catch (FaultException e) {
      return orMissing(e, false);
    }
  }

  /** {@code instead} if {@code e} says that something is not there. */
  private static <T> T orMissing(FaultException e, T instead) throws FaultException {
    if (e.fault().kind() == Fault.Kind.MISSING) {
      return instead;
    }
    throw e;
  }

  /** Writes blocks of the piece, the first of which has index {@code firstBlock}. */
  void write(int piece, int firstBlock, List<Block> blocks) throws IOException {
    int last = firstBlock + blocks.size() - 1;
    int begin = firstBlock * PieceLayout.BLOCK;
    int length = last * PieceLayout.BLOCK + layout.blockLength(piece, last) - begin;
    BlockRun run = new BlockRun(blocks);
    for (Span span : layout.spans(piece, begin, length)) {
      for (int done = 0; done < span.length(); ) {
        ByteBuffer part = run.view(span.at() + done, span.length() - done);
        int count = part.remaining();
        files.write(span.file(), span.fileOffset() + done, part);
        done += count;
      }
    }
  }

  /** A digest of each block in memory. */
  List<Long> digests(Scratch scratch, int piece, int firstBlock, List<Block> blocks) {
    List<Long> digests = new ArrayList<>(blocks.size());
    for (int i = 0; i < blocks.size(); i++) {
      int length = layout.blockLength(piece, firstBlock + i);
      digests.add(PieceHasher.blockDigest(scratch, blocks.get(i).bytes().limit(length)));
    }
    return digests;
  }

  /** A digest of each block of the piece on disk, {@link #NO_DIGEST} of one that is not there. */
  List<Long> digestsOnDisk(Scratch scratch, int piece) throws IOException {
    int count = layout.blockCount(piece);
    List<Long> digests = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      digests.add(digestOnDisk(scratch, piece, i));
    }
    return digests;
  }

  private long digestOnDisk(Scratch scratch, int piece, int block) throws IOException {
    ByteBuffer stage = scratch.stage();
    try {
      files.read(piece, block * PieceLayout.BLOCK, layout.blockLength(piece, block), stage);
    } catch (FaultException e) {
      return orMissing(e, NO_DIGEST);
    }
    return PieceHasher.blockDigest(scratch, stage.flip());
  }

  /** The SHA-256 of each block of the piece on disk. */
  byte[] leavesOnDisk(Scratch scratch, int piece) throws IOException {
    int size = layout.pieceDataSize(piece);
    PieceHasher hasher = new PieceHasher(scratch, false, true, size);
    for (int at = 0; at < size; at += Scratch.STAGE_BYTES) {
      ByteBuffer stage = scratch.stage();
      files.read(piece, at, Math.min(Scratch.STAGE_BYTES, size - at), stage);
      hasher.update(stage.flip());
    }
    return hasher.leaves();
  }
}
