package sluice.protocol.metainfo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.KnownContent.KnownSet;
import sluice.protocol.metainfo.MetainfoBuilder.Version;

/** Roots, piece layers and info-hashes are those of the known answers. */
class KnownAnswersTest {
  @Test
  void rootsAndLayersOfFiles() throws IOException, MetainfoException {
    List<String[]> rows = rows("/v2_files.tsv");
    assertThat(rows).hasSize(68);
    for (String[] row : rows) {
      long length = Long.parseLong(row[1]);
      if (length > 0) {
        MetainfoBuilder builder =
            MetainfoBuilder.ofFile(row[0], length)
                .version(Version.V2)
                .pieceLength(Integer.parseInt(row[2]));
        Metainfo torrent =
            MetainfoParser.parse(TorrentCreator.create(builder, new KnownContent(false)));
        Hash root = torrent.info().files().getFirst().piecesRoot().orElseThrow();
        assertThat(root.hex()).as(row[0]).isEqualTo(row[3]);
        PieceLayer layer = torrent.pieceLayers().get(root);
        String layerHash = layer == null ? "-" : Hash.sha256(layer.bytes()).hex();
        assertThat(layerHash).as(row[0] + " " + row[2]).isEqualTo(row[4]);
      }
    }
  }

  @Test
  void infoHashesOfTorrents() throws IOException, MetainfoException {
    List<String[]> rows = rows("/v2_torrents.tsv");
    assertThat(rows).hasSize(20);
    for (String[] row : rows) {
      KnownSet set =
          KnownContent.SETS.stream().filter(s -> s.name().equals(row[0])).findFirst().orElseThrow();
      InfoHashes hashes =
          MetainfoParser.parse(set.create(set.builder().version(Version.valueOf(row[1]))))
              .info()
              .hashes();
      assertThat(hashes.v1().map(Hash::hex).orElse("-")).as(row[0]).isEqualTo(row[2]);
      assertThat(hashes.v2().map(Hash::hex)).as(row[0]).contains(row[3]);
    }
  }

  private static List<String[]> rows(String resource) throws IOException {
    try (InputStream in = KnownAnswersTest.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t"))
          .toList();
    }
  }
}
