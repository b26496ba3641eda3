package sluice.protocol.metainfo;

import java.security.MessageDigest;
import java.util.Optional;
import sluice.protocol.digest.Digests;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.MerkleTree;
import sluice.protocol.merkle.PieceHash;

/** Makes a torrent of contents that are at hand, on the calling thread. */
public final class TorrentCreator {
  private TorrentCreator() {}

  /** Gives the contents of the files. */
  @FunctionalInterface
  public interface ContentSource {
    /** Fills {@code target} with the bytes of {@code file} from {@code offset}. */
    void read(FileEntry file, long offset, byte[] target);
  }

  /** Hashes every piece and gives the bytes of the torrent file. */
  public static byte[] create(MetainfoBuilder builder, ContentSource source) {
    Draft draft = builder.draft();
    PieceLayout layout = draft.layout();
    for (int piece = 0; piece < layout.pieceCount(); piece++) {
      byte[] bytes = new byte[layout.pieceSize(piece)];
      for (PieceLayout.Span span : layout.spans(piece, 0, bytes.length)) {
        byte[] part = new byte[span.length()];
        source.read(draft.files().get(span.file()), span.fileOffset(), part);
        System.arraycopy(part, 0, bytes, span.at(), part.length);
      }
      draft.set(piece, hash(draft, piece, bytes));
    }
    return draft.build();
  }

  private static PieceHash hash(Draft draft, int piece, byte[] bytes) {
    Optional<Hash> v1 = draft.hasV1() ? Optional.of(Hash.sha1(bytes)) : Optional.empty();
    if (!draft.hasV2()) {
      return new PieceHash(v1, Optional.empty());
    }
    int blocks = draft.layout().blockCount(piece);
    byte[] leaves = new byte[blocks * Hash.SHA256_BYTES];
    MessageDigest digest = Digests.sha256();
    for (int i = 0; i < blocks; i++) {
      digest.update(bytes, i * PieceLayout.BLOCK, draft.layout().blockLength(piece, i));
      byte[] leaf = digest.digest();
      System.arraycopy(leaf, 0, leaves, i * leaf.length, leaf.length);
    }
    int width = draft.v2Width(piece);
    Hash root = MerkleTree.root(leaves, blocks, width);
    return new PieceHash(v1, Optional.of(new PieceHash.V2(root, width)));
  }
}
