package sluice.client.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.storage.hashing.TorrentMaker;

/**
 * The data and the torrent file of torrent {@code number}: a folder of three files, whose borders
 * lie within pieces. Compares what is somewhere else with them, piece by piece.
 */
final class Goods {
  private final int number;
  private final int pieceBytes;
  private final byte[] torrentFile;
  private final InfoHashes hashes;
  private final List<byte[]> pieces = new ArrayList<>();
  private final List<Integer> lengths;

  private Goods(
      int number, int pieceBytes, byte[] torrentFile, InfoHashes hashes, List<Integer> lengths) {
    this.number = number;
    this.pieceBytes = pieceBytes;
    this.torrentFile = torrentFile;
    this.hashes = hashes;
    this.lengths = lengths;
  }

  /** Makes the data below {@code folder}, and a torrent file that names a tracker. */
  static Goods make(Path folder, int number, int bytes, int pieceBytes, String tracker)
      throws Exception {
    Path own = Files.createDirectories(folder.resolve("t" + number));
    SplittableRandom random = new SplittableRandom(number);
    List<Integer> lengths = List.of(bytes / 2 + 1, bytes / 3 + 7, bytes - bytes / 2 - bytes / 3);
    for (int i = 0; i < lengths.size(); i++) {
      byte[] data = new byte[lengths.get(i)];
      random.nextBytes(data);
      Files.write(own.resolve("f" + i), data);
    }
    byte[] made =
        TorrentMaker.make(
                own,
                options ->
                    options
                        .version(MetainfoBuilder.Version.V1)
                        .aligned(false)
                        .pieceLength(pieceBytes)
                        .trackers(List.of(List.of(tracker))),
                (done, total) -> {})
            .bytes();
    Goods goods = new Goods(number, pieceBytes, made, hashes(made), lengths);
    goods.forEachPiece(folder, (piece, digest) -> goods.pieces.add(digest));
    return goods;
  }

  static InfoHashes hashes(byte[] torrentFile) throws MetainfoException {
    return MetainfoParser.parse(torrentFile).info().hashes();
  }

  int number() {
    return number;
  }

  byte[] torrentFile() {
    return torrentFile;
  }

  InfoHashes hashes() {
    return hashes;
  }

  int pieceCount() {
    return pieces.size();
  }

  long bytes() {
    return lengths.stream().mapToLong(Integer::longValue).sum();
  }

  long bytes(BitSet which) {
    long last = bytes() - (long) (pieces.size() - 1) * pieceBytes;
    boolean hasLast = which.get(pieces.size() - 1);
    return (long) which.cardinality() * pieceBytes - (hasLast ? pieceBytes - last : 0);
  }

  /** The pieces that are right below {@code folder}. */
  BitSet right(Path folder) throws IOException {
    BitSet right = new BitSet();
    forEachPiece(
        folder, (piece, digest) -> right.set(piece, Arrays.equals(pieces.get(piece), digest)));
    return right;
  }

  /** What a file is called, by itself or {@code renamed}. */
  static String name(int file, boolean renamed) {
    return (renamed ? "g" : "f") + file;
  }

  /** How many of the files below {@code folder} have their other name, maybe beside their own. */
  int renamed(Path folder) throws IOException {
    int renamed = 0;
    for (int i = 0; i < lengths.size(); i++) {
      if (Files.exists(path(folder, i, true))) {
        // A file that is being renamed has both names for a moment.
        assertThat(isTwice(folder, i) && !isOne(folder, i)).as("two files of one").isFalse();
        renamed++;
      }
    }
    return renamed;
  }

  /** Whether a file below {@code folder} has both names. */
  boolean hasTwoNames(Path folder) {
    return IntStream.range(0, lengths.size()).anyMatch(i -> isTwice(folder, i));
  }

  private boolean isTwice(Path folder, int file) {
    return Files.exists(path(folder, file, true)) && Files.exists(path(folder, file, false));
  }

  private boolean isOne(Path folder, int file) throws IOException {
    return Files.isSameFile(path(folder, file, true), path(folder, file, false));
  }

  private Path path(Path folder, int file, boolean renamed) {
    return folder.resolve("t" + number).resolve(name(file, renamed));
  }

  private interface Piece {
    void digest(int piece, byte[] digest);
  }

  /** A piece of which a byte is missing has an empty digest. */
  private void forEachPiece(Path folder, Piece taker) throws IOException {
    byte[] all = new byte[(int) bytes()];
    BitSet missing = new BitSet();
    int at = 0;
    for (int i = 0; i < lengths.size(); i++) {
      Path renamed = path(folder, i, true);
      Path file = Files.exists(renamed) ? renamed : path(folder, i, false);
      byte[] data = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      int length = Math.min(data.length, lengths.get(i));
      System.arraycopy(data, 0, all, at, length);
      missing.set(at + length, at + lengths.get(i));
      at += lengths.get(i);
    }
    for (int piece = 0; (long) piece * pieceBytes < all.length; piece++) {
      int from = piece * pieceBytes;
      int to = Math.min(all.length, from + pieceBytes);
      int gap = missing.nextSetBit(from);
      byte[] none = new byte[0];
      taker.digest(piece, gap >= 0 && gap < to ? none : sha1(all, from, to - from));
    }
  }

  private static byte[] sha1(byte[] bytes, int from, int length) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(bytes, from, length);
      return sha1.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
