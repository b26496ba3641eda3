package sluice.protocol.magnet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.protocol.bencode.BString;
import sluice.protocol.corpus.CorpusReader;
import sluice.protocol.corpus.Fuzz;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.Item;
import sluice.protocol.krpc.UpdateValue;

/** Links to what can be changed, and what they lead to (BEP 46). */
class UpdateMagnetTest {
  private static final String KEY =
      "8543d3e6115f0f98c944077a4493dcd543e49c739fd998550a1f614ab36ed63e";

  /** The two vectors of the BEP. */
  @ParameterizedTest
  @CsvSource({
    "'', cc3f9d90b572172053626f9980ce261a850d050b",
    "&s=6e, 59ee7c2cb9b4f7eb1986ee2d18fd2fdb8a56554f"
  })
  void links(String salt, String target) {
    String uri = "magnet:?xs=urn:btpk:" + KEY + salt;
    UpdateMagnet link = UpdateMagnet.parse(uri).orElseThrow();
    assertThat(link.toUri()).isEqualTo(uri);
    assertThat(Item.Mutable.target(link.key(), link.salt())).hasToString(target);
  }

  @Test
  void othersAreNone() {
    for (String other :
        List.of(
            "magnet:?xt=urn:btih:" + "0".repeat(40),
            "magnet:?xs=urn:btpk:" + KEY.substring(2),
            "magnet:?xs=urn:btpk:" + "x".repeat(64),
            "magnet:?xs=urn:btpk:" + KEY + "&s=6",
            "magnet:?xs=urn:btpk:" + KEY + "&s=" + "00".repeat(65),
            "http://example.org/?xs=urn:btpk:" + KEY,
            "")) {
      assertThat(UpdateMagnet.parse(other)).as(other).isEmpty();
    }
  }

  @Test
  void values() {
    Hash torrent = Hash.sha1(new byte[] {1});
    assertThat(UpdateValue.read(UpdateValue.write(torrent))).contains(torrent);
    for (String other : List.of("", "i1e", "d2:ih3:abce", "d2:ihi1ee", "de", "d2:ih20:x")) {
      assertThat(UpdateValue.read(BString.of(other))).as(other).isEmpty();
    }
  }

  @Test
  void mutatedLinksAndValues() {
    CorpusReader reader =
        CorpusReader.of(
            "update-magnet",
            IllegalStateException.class,
            bytes -> {
              UpdateMagnet.parse(new String(bytes, ISO_8859_1));
              UpdateValue.read(BString.of(bytes));
            });
    Fuzz.run(
        reader,
        List.of(
            ("magnet:?xs=urn:btpk:" + KEY + "&s=6e").getBytes(ISO_8859_1),
            UpdateValue.write(Hash.sha1(new byte[0])).bytes()));
  }
}
