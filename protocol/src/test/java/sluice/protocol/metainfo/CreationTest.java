package sluice.protocol.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.protocol.corpus.SharedVectors;
import sluice.protocol.metainfo.KnownContent.KnownSet;
import sluice.protocol.metainfo.MetainfoBuilder.Version;

/** Torrents that are made are those of the known answers, and come back as they were described. */
class CreationTest {
  private static final String TRACKER = "http://example.com/announce";

  @Test
  void theTwentySharedTorrentsAreMadeByteForByte() {
    for (KnownSet set : KnownContent.SETS) {
      for (Version version : List.of(Version.V2, Version.HYBRID)) {
        String suffix = version == Version.V2 ? "-v2.torrent" : "-hybrid.torrent";
        byte[] expected = SharedVectors.read("own/v2/" + set.name() + suffix);
        byte[] made =
            set.create(set.builder().version(version).trackers(List.of(List.of(TRACKER))));
        assertThat(made).as(set.name() + suffix).isEqualTo(expected);
      }
    }
  }

  @Test
  void whatIsDescribedComesBack() throws MetainfoException {
    MetainfoBuilder builder =
        MetainfoBuilder.ofFolder("root")
            .version(Version.HYBRID)
            .pieceLength(16_384)
            .file(List.of("b", "two"), 40_000)
            .executable(List.of("a"), 3)
            .symlink(List.of("link"), List.of("b", "two"))
            .isPrivate(true)
            .trackers(List.of(List.of("http://a/announce", "udp://b:1"), List.of("http://c/x")))
            .webSeeds(List.of("http://seed/"))
            .comment("a comment")
            .createdBy("a program")
            .created(Instant.ofEpochSecond(1_700_000_000));
    Metainfo torrent = MetainfoParser.parse(create(builder));
    assertThat(torrent.softErrors()).isEmpty();
    assertThat(torrent.info().isPrivate()).isTrue();
    assertThat(torrent.trackers())
        .isEqualTo(List.of(List.of("http://a/announce", "udp://b:1"), List.of("http://c/x")));
    assertThat(torrent.webSeeds()).containsExactly("http://seed/");
    assertThat(torrent.comment()).contains("a comment");
    assertThat(torrent.createdBy()).contains("a program");
    assertThat(torrent.created()).contains(Instant.ofEpochSecond(1_700_000_000));
    List<FileEntry> files = torrent.info().files();
    assertThat(files.stream().filter(f -> !f.isPad()).map(FileEntry::path))
        .containsExactly(
            List.of("root", "a"), List.of("root", "b", "two"), List.of("root", "link"));
    assertThat(files.getFirst().attributes()).containsExactly(FileEntry.Attribute.EXECUTABLE);
    assertThat(files.getLast().symlink()).isEqualTo(Optional.of(List.of("root", "b", "two")));
    assertThat(torrent.info().layout().pieceCount()).isEqualTo(4);
  }

  @Test
  void everyVersionAndFormIsReadable() throws MetainfoException {
    for (KnownSet set : KnownContent.SETS) {
      for (Version version : Version.values()) {
        for (boolean aligned : new boolean[] {false, true}) {
          MetainfoBuilder builder = set.builder().version(version).aligned(aligned);
          Metainfo torrent = MetainfoParser.parse(set.create(builder));
          assertThat(torrent.info().hasV1()).isEqualTo(version != Version.V2);
          assertThat(torrent.info().hasV2()).isEqualTo(version != Version.V1);
          assertThat(torrent.info().isSingleFile()).isEqualTo(set.files().size() == 1);
          assertThat(torrent.softErrors()).isEmpty();
          PieceHashes hashes = PieceHashes.of(torrent);
          for (int i = 0; i < torrent.info().layout().pieceCount(); i++) {
            assertThat(hashes.of(i).orElseThrow().v1().isPresent())
                .isEqualTo(version != Version.V2);
            assertThat(hashes.of(i).orElseThrow().v2().isPresent())
                .isEqualTo(version != Version.V1);
          }
        }
      }
    }
  }

  @Test
  void thePieceLengthGivesAThousandToTwoThousandPieces() {
    assertThat(MetainfoBuilder.automaticPieceLength(1)).isEqualTo(16_384);
    for (long total = 1L << 25; total < 1L << 34; total += total / 7) {
      long pieces = total / MetainfoBuilder.automaticPieceLength(total);
      assertThat(pieces).isBetween(999L, 2_000L);
    }
    assertThat(MetainfoBuilder.automaticPieceLength(1L << 42)).isEqualTo(1 << 24);
  }

  @Test
  void whatCannotBecomeATorrentIsRefused() {
    MetainfoBuilder empty = MetainfoBuilder.ofFolder("x").file(List.of("a"), 0);
    assertThatThrownBy(empty::draft).isInstanceOf(IllegalArgumentException.class);
    MetainfoBuilder odd = MetainfoBuilder.ofFile("x", 1).pieceLength(20_000);
    assertThatThrownBy(odd::draft).isInstanceOf(IllegalArgumentException.class);
    MetainfoBuilder twice =
        MetainfoBuilder.ofFolder("x").file(List.of("a"), 1).file(List.of("a"), 2);
    assertThatThrownBy(twice::draft).isInstanceOf(IllegalArgumentException.class);
    MetainfoBuilder out = MetainfoBuilder.ofFolder("x");
    assertThatThrownBy(() -> out.file(List.of("..", "a"), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] create(MetainfoBuilder builder) {
    return TorrentCreator.create(builder, new KnownContent(true));
  }
}
