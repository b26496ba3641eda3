package sluice.protocol.metainfo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.protocol.corpus.SharedVectors;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.MetainfoException.Reason;

/** Every torrent of the shared vectors gets the verdict and the info-hashes that are expected. */
class ExpectationsTest {
  private static final Map<String, Reason> REASONS =
      Map.of(
          "others/anacrolix/minimal-trailing-newline.torrent", Reason.INFO_MISSING,
          "others/bt/no-files.torrent", Reason.BAD_PIECES,
          "others/bt/single_file_exclusive_properties.torrent", Reason.LENGTH_AND_FILES,
          "others/bt/single_file_invalid_type.torrent", Reason.BAD_LENGTH,
          "others/bt/single_file_missing_property.torrent", Reason.BAD_PIECE_LENGTH,
          "webtorrent-fixtures/corrupt.torrent", Reason.NAME_MISSING);

  /**
   * The one row whose verdict differs: its {@code pieces} is a single byte for 1766 pieces. The
   * project that it comes from tests the shape of the dictionary only; nothing could be downloaded.
   */
  private static final String NOT_USABLE = "others/bt/single_file_correct.torrent";

  @Test
  void everyRowGetsItsVerdict() throws MetainfoException {
    List<String> lines =
        new String(SharedVectors.read("expectations.tsv"), UTF_8).lines().skip(1).toList();
    assertThat(lines).hasSize(45);
    for (String line : lines) {
      check(line.split("\t", -1));
    }
  }

  private static void check(String[] row) throws MetainfoException {
    byte[] file = SharedVectors.read(row[0]);
    assertThat(Hash.sha256(file).hex()).as(row[0]).isEqualTo(row[5]);
    boolean refusal = row[1].equals("reject") || row[0].equals(NOT_USABLE);
    if (refusal) {
      MetainfoException refused =
          catchThrowableOfType(MetainfoException.class, () -> MetainfoParser.parse(file));
      assertThat(refused).as(row[0]).isNotNull();
      assertThat(refused.reason())
          .as(row[0])
          .isEqualTo(REASONS.getOrDefault(row[0], Reason.BAD_PIECES));
      return;
    }
    Metainfo torrent = MetainfoParser.parse(file);
    boolean v2 = !row[4].isEmpty();
    assertThat(torrent.info().hashes().v2())
        .as(row[0])
        .isEqualTo(v2 ? Optional.of(Hash.ofHex(row[4])) : Optional.empty());
    if (torrent.info().hasV1()) {
      assertThat(torrent.info().hashes().v1()).as(row[0]).contains(Hash.ofHex(row[3]));
    }
    assertThat(torrent.info().hasV1() || v2).isTrue();
    assertThat(torrent.info().hasV1()).as(row[0]).isEqualTo(!v2 || row[0].contains("hybrid"));
    Metainfo again = MetainfoParser.parseInfo(torrent.info().raw());
    assertThat(again.info().hashes()).isEqualTo(torrent.info().hashes());
    assertThat(again.info().files()).isEqualTo(torrent.info().files());
  }
}
