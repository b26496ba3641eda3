package sluice.protocol.metainfo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.protocol.address.HostPort;
import sluice.protocol.digest.Hash;

class MetainfoWriterTest {
  private static final String PIECES = "6:pieces20:" + "x".repeat(20);

  private static Metainfo around(Info info) {
    return new Metainfo(
        info,
        List.of(List.of("http://a.example/announce"), List.of("udp://b.example:1")),
        List.of("http://c.example/d"),
        List.of(new HostPort("e.example", 6881)),
        Map.of(),
        Optional.of("comment"),
        Optional.of("program"),
        Optional.of(Instant.ofEpochSecond(7)),
        new Hints(List.of(Hash.of(new byte[20]), Hash.of(new byte[32])), List.of("c", "d")),
        List.of());
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    byte[] raw =
        ("d6:lengthi5e4:name1:a12:piece lengthi16384e" + PIECES + "e").getBytes(ISO_8859_1);
    Metainfo written = around(MetainfoParser.parseInfo(raw).info());
    Metainfo read = MetainfoParser.parse(MetainfoWriter.write(written));
    assertThat(read.softErrors()).isEmpty();
    assertThat(read).usingRecursiveComparison().ignoringFields("info").isEqualTo(written);
    assertThat(read.info().raw()).isEqualTo(raw);
  }

  @Test
  void anInfoWhoseKeysAreNotInOrderKeepsItsHash() throws Exception {
    byte[] raw =
        ("d4:name1:a6:lengthi5e12:piece lengthi16384e" + PIECES + "e").getBytes(ISO_8859_1);
    Info info = MetainfoParser.parseInfo(raw).info();
    Metainfo read = MetainfoParser.parse(MetainfoWriter.write(around(info)));
    assertThat(read.info().raw()).as(HexFormat.of().formatHex(raw)).isEqualTo(raw);
    assertThat(read.info().hashes()).isEqualTo(info.hashes());
  }
}
