package sluice.protocol.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.FileEntry.Attribute;
import sluice.protocol.metainfo.SharedPieces.Run;

/** Which pieces of a torrent another one has, and where. */
class SharedPiecesTest {
  private static final int PIECE = 32_768;
  private static final long SEED = 38;

  private final byte[] a = bytes(1, 100_000);
  private final byte[] b = bytes(2, 70_000);
  private final byte[] c = bytes(3, 50_001);

  /** A torrent with its byte space. */
  private record Made(Info info, byte[] space) {}

  private static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static Made v1(int pieceLength, boolean padded, byte[]... contents) {
    List<FileEntry> files = new ArrayList<>();
    ByteArrayOutputStream space = new ByteArrayOutputStream();
    for (byte[] content : contents) {
      files.add(entry("f" + files.size(), content.length, space.size(), Set.of(), false, content));
      space.writeBytes(content);
      int gap = (pieceLength - space.size() % pieceLength) % pieceLength;
      if (padded && gap > 0) {
        Set<Attribute> pad = Set.of(Attribute.PAD);
        files.add(entry("p" + files.size(), gap, space.size(), pad, false, content));
        space.writeBytes(new byte[gap]);
      }
    }
    return made(pieceLength, files, space.toByteArray(), true);
  }

  /** Files start pieces; the roots are no real ones, which nobody checks here. */
  private static Made v2(int pieceLength, byte[]... contents) {
    List<FileEntry> files = new ArrayList<>();
    ByteArrayOutputStream space = new ByteArrayOutputStream();
    for (byte[] content : contents) {
      space.writeBytes(new byte[-space.size() & (pieceLength - 1)]);
      files.add(entry("f" + files.size(), content.length, space.size(), Set.of(), true, content));
      space.writeBytes(content);
    }
    return made(pieceLength, files, space.toByteArray(), false);
  }

  private static Made made(int pieceLength, List<FileEntry> files, byte[] all, boolean v1) {
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    for (int at = 0; v1 && at < all.length; at += pieceLength) {
      byte[] piece = Arrays.copyOfRange(all, at, Math.min(all.length, at + pieceLength));
      pieces.writeBytes(Hash.sha1(piece).bytes());
    }
    InfoHashes hashes =
        v1
            ? new InfoHashes(Optional.of(Hash.sha1(all)), Optional.empty())
            : new InfoHashes(Optional.empty(), Optional.of(Hash.sha256(all)));
    byte[] sha1 = pieces.toByteArray();
    return new Made(
        new Info(new byte[0], hashes, "name", false, false, pieceLength, files, sha1), all);
  }

  private static FileEntry entry(
      String name, int length, int at, Set<Attribute> attributes, boolean root, byte[] content) {
    Optional<Hash> pieces = root ? Optional.of(Hash.sha256(content)) : Optional.empty();
    return new FileEntry(List.of(name), length, at, attributes, Optional.empty(), pieces);
  }

  /** Data bytes of {@code wanted} that {@code known} has; each byte of the runs is the same. */
  private static long found(Made known, Made wanted) {
    long bytes = 0;
    int end = 0;
    for (Run run : SharedPieces.of(known.info, wanted.info)) {
      assertThat(run.first()).isGreaterThanOrEqualTo(end);
      end = run.end();
      int from = run.first() * wanted.info.layout().pieceLength();
      int there = (int) run.origin();
      byte[] theirs = Arrays.copyOfRange(known.space, there, there + (int) run.bytes());
      byte[] ours = Arrays.copyOfRange(wanted.space, from, from + (int) run.bytes());
      assertThat(Arrays.equals(theirs, ours)).as("%s", run).isTrue();
      bytes += run.bytes();
    }
    return bytes;
  }

  @Test
  void aFileOfPaddedTorrentsIsFoundWhole() {
    assertThat(found(v1(PIECE, true, c, a), v1(PIECE, true, a, b))).isEqualTo(a.length);
  }

  @Test
  void theLastPieceIsFoundWhateverFollowsTheFile() {
    Made single = v1(PIECE, false, a);
    Made padded = v1(PIECE, true, c, a, b);
    Made followed = v1(PIECE, false, a, b);
    for (Made known : List.of(single, padded, followed)) {
      for (Made wanted : List.of(single, padded, followed)) {
        assertThat(found(known, wanted)).isGreaterThanOrEqualTo(a.length);
      }
    }
  }

  @Test
  void equalPiecesOverBordersOfFilesAreFound() {
    Made one = v1(PIECE, false, c, a, b);
    Made longer = v1(PIECE, false, c, a, b, bytes(9, 40_000));
    assertThat(found(one, one)).isEqualTo(one.space.length);
    int whole = one.space.length / PIECE * PIECE;
    assertThat(found(longer, one)).isBetween((long) whole, (long) one.space.length);
    assertThat(found(one, longer)).isGreaterThanOrEqualTo(whole);
  }

  @Test
  void equalPiecesAreFoundFromTheEndOfAnAlignedFileOn() {
    byte[] full = bytes(7, 2 * PIECE);
    Made one = v1(PIECE, false, full, c, a);
    Made other = v1(PIECE, false, bytes(8, PIECE), full, c, a);
    assertThat(found(one, other)).isEqualTo(one.space.length);
    assertThat(found(other, one)).isEqualTo(one.space.length);
  }

  @Test
  void rootsCountAtEveryPieceLength() {
    Made one = v2(16_384, a, b, c);
    for (int length : new int[] {16_384, 32_768, 65_536, 262_144}) {
      Made other = v2(length, c, bytes(5, 20_000), a);
      assertThat(found(one, other)).isEqualTo(a.length + c.length);
      assertThat(found(other, one)).isEqualTo(a.length + c.length);
    }
  }

  @Test
  void othersHaveNothing() {
    assertThat(SharedPieces.of(v1(PIECE, true, b).info, v1(PIECE, true, a).info)).isEmpty();
    assertThat(SharedPieces.of(v1(PIECE, true, a).info, v1(2 * PIECE, true, a).info)).isEmpty();
    assertThat(SharedPieces.of(v2(PIECE, a).info, v1(PIECE, true, a).info)).isEmpty();
  }

  @Test
  void runsAreFoundByPiece() {
    List<Run> runs = List.of(new Run(1, 3, 0, 9), new Run(5, 6, 9, 9));
    for (int piece = 0; piece < 8; piece++) {
      Optional<Run> run = SharedPieces.at(runs, piece);
      assertThat(run.map(Run::first).orElse(0))
          .isEqualTo(piece == 1 || piece == 2 ? 1 : piece == 5 ? 5 : 0);
    }
  }

  @Test
  void torrentsWithCommonContentHaveCommonMarks() {
    ContentMarks marks = marks(v1(PIECE, true, c, a), Hints.NONE);
    ContentMarks single = marks(v1(PIECE, false, a), Hints.NONE);
    assertThat(marks.noted()).containsAnyElementsOf(single.sought());
    assertThat(single.noted()).containsAnyElementsOf(marks.sought());
    ContentMarks other = marks(v1(PIECE, true, b), Hints.NONE);
    assertThat(marks.noted()).doesNotContainAnyElementsOf(other.sought());
    assertThat(marks(v2(PIECE, c, a), Hints.NONE).noted())
        .containsAnyElementsOf(marks(v2(16_384, a), Hints.NONE).sought());
  }

  @Test
  void hintsWorkInBothDirections() {
    Made one = v1(PIECE, true, a);
    Made two = v2(PIECE, b);
    ContentMarks named = marks(two, Hints.NONE);
    ContentMarks naming =
        marks(one, new Hints(List.of(two.info.hashes().v2().orElseThrow()), List.of()));
    assertThat(named.noted()).containsAnyElementsOf(naming.sought());
    assertThat(naming.noted()).containsAnyElementsOf(named.sought());
    ContentMarks first = marks(one, new Hints(List.of(), List.of("x", "y")));
    ContentMarks second = marks(two, new Hints(List.of(), List.of("y")));
    assertThat(first.noted()).containsAnyElementsOf(second.sought());
    assertThat(marks(one, Hints.NONE).noted()).doesNotContainAnyElementsOf(named.sought());
  }

  private static ContentMarks marks(Made made, Hints hints) {
    List<List<String>> tiers = List.of();
    Optional<String> none = Optional.empty();
    return ContentMarks.of(
        new Metainfo(
            made.info,
            tiers,
            List.of(),
            List.of(),
            Map.of(),
            none,
            none,
            Optional.empty(),
            hints,
            List.of()));
  }

  /** Random pairs: whatever is found is the same, byte by byte. */
  @Test
  void whatIsFoundIsTheSame() {
    Random random = new Random(SEED);
    byte[][] pool = new byte[6][];
    for (int i = 0; i < pool.length; i++) {
      pool[i] = bytes(100 + i, 1 + random.nextInt(i % 2 == 0 ? 200 : 40_000));
    }
    for (int round = 0; round < 300; round++) {
      int length = 1_000 + random.nextInt(3) * 500;
      Made[] pair = new Made[2];
      for (int i = 0; i < 2; i++) {
        byte[][] contents = new byte[1 + random.nextInt(4)][];
        Arrays.setAll(contents, k -> pool[random.nextInt(pool.length)]);
        pair[i] = v1(length, random.nextBoolean(), contents);
      }
      assertThat(found(pair[0], pair[1])).as("seed %d, round %d", SEED, round).isNotNegative();
    }
  }
}
