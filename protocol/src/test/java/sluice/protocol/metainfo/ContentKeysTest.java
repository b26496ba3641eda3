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
import sluice.protocol.metainfo.MetainfoBuilder.Version;

/** Which files of similar torrents are the same (BEP 38). */
class ContentKeysTest {
  private static final int PIECE = 32_768;

  private final byte[] a = bytes(1, 100_000);
  private final byte[] b = bytes(2, 70_000);
  private final byte[] c = bytes(3, 50_001);

  private static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** A v1 torrent; padded files are followed by a pad up to the next piece, the last too. */
  private static Info v1(int pieceLength, boolean padded, byte[]... contents) {
    List<FileEntry> files = new ArrayList<>();
    ByteArrayOutputStream space = new ByteArrayOutputStream();
    for (byte[] content : contents) {
      files.add(entry("f" + files.size(), content.length, space.size(), Set.of()));
      space.writeBytes(content);
      int gap = -space.size() & (pieceLength - 1);
      if (padded && gap > 0) {
        files.add(entry("p" + files.size(), gap, space.size(), Set.of(Attribute.PAD)));
        space.writeBytes(new byte[gap]);
      }
    }
    byte[] all = space.toByteArray();
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    for (int at = 0; at < all.length; at += pieceLength) {
      byte[] piece = Arrays.copyOfRange(all, at, Math.min(all.length, at + pieceLength));
      pieces.writeBytes(Hash.sha1(piece).bytes());
    }
    InfoHashes hashes = new InfoHashes(Optional.of(Hash.sha1(all)), Optional.empty());
    boolean single = files.size() == 1;
    byte[] v1 = pieces.toByteArray();
    return new Info(new byte[0], hashes, "name", false, single, pieceLength, files, v1);
  }

  private static FileEntry entry(String name, int length, int offset, Set<Attribute> attributes) {
    return new FileEntry(
        List.of(name), length, offset, attributes, Optional.empty(), Optional.empty());
  }

  private static Info made(Version version, int pieceLength, byte[]... contents) throws Exception {
    MetainfoBuilder builder = MetainfoBuilder.ofFolder("folder").version(version);
    for (int i = 0; i < contents.length; i++) {
      builder.file(List.of("f" + i), contents[i].length);
    }
    byte[] file =
        TorrentCreator.create(
            builder.pieceLength(pieceLength),
            (entry, offset, target) -> {
              int number = Integer.parseInt(entry.path().getLast().substring(1));
              System.arraycopy(contents[number], (int) offset, target, 0, target.length);
            });
    return MetainfoParser.parse(file).info();
  }

  @Test
  void unpaddedFilesAtOtherOffsetsAreNotShared() {
    Info unpadded = v1(PIECE, false, c, a, b);
    Info padded = v1(PIECE, true, a, b);
    assertThat(ContentKeys.shared(unpadded, padded)).isEmpty();
    assertThat(ContentKeys.shared(padded, unpadded)).isEmpty();
  }

  @Test
  void paddedTorrentsShareEachCommonFile() {
    Info one = v1(PIECE, true, a, c, b);
    Info other = v1(PIECE, true, bytes(4, 123_456), b, a);
    assertThat(ContentKeys.shared(one, other)).isEqualTo(Map.of(2, 4, 4, 0));
    assertThat(ContentKeys.shared(other, one)).hasSize(2);
    assertThat(ContentKeys.shared(one, v1(2 * PIECE, true, a, c, b))).isEmpty();
  }

  @Test
  void aSingleFileIsSharedOnlyWhenItIsPadded() {
    Info folder = v1(PIECE, true, b, a);
    assertThat(ContentKeys.shared(folder, v1(PIECE, false, a))).isEmpty();
    assertThat(ContentKeys.shared(folder, v1(PIECE, true, a))).isEqualTo(Map.of(0, 2));
  }

  @Test
  void piecesRootsAreSharedAtEveryPieceLength() throws Exception {
    for (int length : new int[] {16_384, 32_768, 65_536, 262_144}) {
      Info one = made(Version.V2, 16_384, a, b, c);
      Info other = made(Version.V2, length, c, a);
      assertThat(ContentKeys.shared(one, other)).as("%d", length).hasSize(2);
      Info hybrid = made(Version.HYBRID, length, c, a);
      assertThat(ContentKeys.shared(one, hybrid)).hasSize(2);
    }
  }

  @Test
  void anotherByteIsAnotherContent() throws Exception {
    byte[] changed = a.clone();
    changed[99_999]++;
    assertThat(ContentKeys.shared(v1(PIECE, true, a, b), v1(PIECE, true, changed, c))).isEmpty();
    assertThat(ContentKeys.shared(made(Version.V2, PIECE, a), made(Version.V2, PIECE, changed)))
        .isEmpty();
  }
}
