package sluice.storage.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.MerkleTree;
import sluice.protocol.merkle.PieceHash;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.FileEntry.Attribute;
import sluice.protocol.metainfo.PieceLayout;

/** A torrent made by hand: its files, its whole byte space as an array, and its hashes. */
final class TestTorrent {
  enum Kind {
    V1,
    V2,
    HYBRID
  }

  private final Kind kind;
  final List<FileEntry> files;
  final PieceLayout layout;
  final byte[] space;

  private TestTorrent(Kind kind, int pieceLength, List<FileEntry> files, Random random) {
    this.kind = kind;
    this.files = files;
    layout = PieceLayout.of(pieceLength, files);
    space = new byte[(int) layout.totalLength()];
    for (FileEntry file : files) {
      if (file.hasData()) {
        byte[] data = new byte[(int) file.length()];
        random.nextBytes(data);
        System.arraycopy(data, 0, space, (int) file.offset(), data.length);
      }
    }
  }

  /** Files one after the other with these lengths; a negative length is a pad. */
  static TestTorrent v1(int pieceLength, Random random, int... lengths) {
    List<FileEntry> files = new ArrayList<>();
    long offset = 0;
    for (int length : lengths) {
      Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
      if (length < 0) {
        attributes.add(Attribute.PAD);
      }
      files.add(entry(files.size(), Math.abs(length), offset, attributes));
      offset += Math.abs(length);
    }
    return new TestTorrent(Kind.V1, pieceLength, files, random);
  }

  /** Files that each start a piece. */
  static TestTorrent aligned(Kind kind, int pieceLength, Random random, int... lengths) {
    List<FileEntry> files = new ArrayList<>();
    long offset = 0;
    for (int length : lengths) {
      offset = (offset + pieceLength - 1) / pieceLength * pieceLength;
      files.add(entry(files.size(), length, offset, Set.of()));
      offset += length;
    }
    return new TestTorrent(kind, pieceLength, files, random);
  }

  /** Just these entries. */
  static TestTorrent of(int pieceLength, Random random, FileEntry... files) {
    return new TestTorrent(Kind.V1, pieceLength, List.of(files), random);
  }

  private static FileEntry entry(int number, int length, long offset, Set<Attribute> attributes) {
    List<String> path = List.of("root", "d" + number % 3, "f" + number);
    return new FileEntry(path, length, offset, attributes, Optional.empty(), Optional.empty());
  }

  /** The requested bytes of a piece. */
  byte[] data(int piece) {
    int from = piece * layout.pieceLength();
    return Arrays.copyOfRange(space, from, from + layout.pieceDataSize(piece));
  }

  PieceHash expected(int piece) {
    return new PieceHash(
        kind == Kind.V2 ? Optional.empty() : Optional.of(sha1(piece)),
        kind == Kind.V1 ? Optional.empty() : Optional.of(v2(piece)));
  }

  private Hash sha1(int piece) {
    int from = piece * layout.pieceLength();
    return Hash.sha1(Arrays.copyOfRange(space, from, from + layout.pieceSize(piece)));
  }

  private PieceHash.V2 v2(int piece) {
    ByteArrayOutputStream leaves = new ByteArrayOutputStream();
    byte[] data = data(piece);
    for (int at = 0; at < data.length; at += PieceLayout.BLOCK) {
      int end = Math.min(data.length, at + PieceLayout.BLOCK);
      leaves.writeBytes(Hash.sha256(Arrays.copyOfRange(data, at, end)).bytes());
    }
    int width = layout.pieceLength() / PieceLayout.BLOCK;
    return new PieceHash.V2(
        MerkleTree.root(leaves.toByteArray(), layout.blockCount(piece), width), width);
  }

  Path path(Path folder, int file) {
    return folder.resolve(String.join("/", files.get(file).path()));
  }

  byte[] content(int file) {
    FileEntry entry = files.get(file);
    int from = (int) entry.offset();
    return Arrays.copyOfRange(space, from, from + (int) entry.length());
  }

  /** Writes all data files without the storage. */
  void writeTo(Path folder) throws IOException {
    for (int i = 0; i < files.size(); i++) {
      if (!files.get(i).isPad()) {
        Files.createDirectories(path(folder, i).getParent());
        Files.write(path(folder, i), content(i));
      }
    }
  }
}
