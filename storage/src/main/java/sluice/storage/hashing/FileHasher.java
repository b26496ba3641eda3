package sluice.storage.hashing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.PieceHash;
import sluice.protocol.metainfo.Draft;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.metainfo.PieceLayout.Span;
import sluice.storage.pool.Scratch;

/**
 * Hashes pieces of files on disk for a torrent in the making; keeps the file of the last piece
 * open. Belongs to one worker.
 */
final class FileHasher implements AutoCloseable {
  private final Draft draft;
  private final PieceLayout layout;
  private final List<Path> paths;
  private @Nullable FileChannel channel;
  private int openFile = -1;

  /** A hasher of the files of {@code draft}, which lie at {@code paths} in the same order. */
  FileHasher(Draft draft, List<Path> paths) {
    this.draft = draft;
    this.layout = draft.layout();
    this.paths = paths;
  }

  /** Hashes {@code piece} and tells the draft. */
  void hash(Scratch scratch, int piece) throws IOException {
    int size = layout.pieceDataSize(piece);
    PieceHasher hasher = new PieceHasher(scratch, draft.hasV1(), draft.hasV2(), size);
    int done = 0;
    for (Span span : layout.spans(piece, 0, size)) {
      pad(scratch, hasher, span.at() - done);
      read(scratch, hasher, span);
      done = span.at() + span.length();
    }
    draft.set(piece, result(hasher, piece, layout.pieceSize(piece) - size));
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }

  private PieceHash result(PieceHasher hasher, int piece, int padSize) {
    Optional<Hash> v1 = draft.hasV1() ? Optional.of(hasher.sha1(padSize)) : Optional.empty();
    if (!draft.hasV2()) {
      return new PieceHash(v1, Optional.empty());
    }
    int width = draft.v2Width(piece);
    return new PieceHash(v1, Optional.of(new PieceHash.V2(hasher.root(width), width)));
  }

  private static void pad(Scratch scratch, PieceHasher hasher, int count) {
    for (int left = count; left > 0; left -= Scratch.STAGE_BYTES) {
      ByteBuffer zeroes = scratch.stage();
      zeroes.limit(Math.min(left, Scratch.STAGE_BYTES));
      while (zeroes.hasRemaining()) {
        zeroes.put((byte) 0);
      }
      hasher.update(zeroes.flip());
    }
  }

  private void read(Scratch scratch, PieceHasher hasher, Span span) throws IOException {
    FileChannel file = open(span.file());
    long at = span.fileOffset();
    long end = at + span.length();
    while (at < end) {
      ByteBuffer stage = scratch.stage();
      stage.limit((int) Math.min(Scratch.STAGE_BYTES, end - at));
      int count = file.read(stage, at);
      if (count < 0) {
        throw changed(span.file());
      }
      at += count;
      hasher.update(stage.flip());
    }
  }

  private FileChannel open(int file) throws IOException {
    if (channel == null || openFile != file) {
      close();
      channel =
          FileChannel.open(
              paths.get(file), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
      openFile = file;
      FileEntry entry = draft.files().get(file);
      if (channel.size() != entry.length()) {
        throw changed(file);
      }
    }
    return channel;
  }

  private IOException changed(int file) {
    return new IOException(paths.get(file) + " changed while it was read");
  }
}
