package sluice.protocol.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.protocol.metainfo.TorrentCreator;

/** Mutated bencoding, torrents and magnets are taken or refused, nothing else. */
class FuzzTest {
  @Test
  void bencode() {
    Fuzz.run(CorpusReaders.named("bencode-strict"), torrents());
    Fuzz.run(CorpusReaders.named("bencode-lenient"), torrents());
  }

  @Test
  void metainfo() {
    Fuzz.run(CorpusReaders.named("metainfo"), torrents());
  }

  @Test
  void info() throws MetainfoException {
    List<byte[]> infos = new ArrayList<>();
    for (byte[] torrent : torrents()) {
      infos.add(MetainfoParser.parse(torrent).info().raw());
    }
    Fuzz.run(CorpusReaders.named("info"), infos);
  }

  @Test
  void magnet() {
    String uri =
        "magnet:?xt=urn:btih:AERUKZ4JVPG66AJDIVTYTK6N54ASGRLH&dn=a+b&tr=udp%3A%2F%2Ft%3A1"
            + "&x.pe=[2001:db8::1]:1&so=1,3-9&ws=http://w/";
    Fuzz.run(CorpusReaders.named("magnet"), List.of(uri.getBytes(UTF_8)));
  }

  private static List<byte[]> torrents() {
    List<byte[]> torrents = new ArrayList<>();
    for (Version version : Version.values()) {
      MetainfoBuilder builder =
          MetainfoBuilder.ofFolder("root")
              .version(version)
              .pieceLength(16_384)
              .file(List.of("a", "b.txt"), 40_000)
              .file(List.of("c"), 5)
              .symlink(List.of("l"), List.of("a", "b.txt"))
              .trackers(List.of(List.of("http://t/announce"), List.of("udp://u:1")))
              .webSeeds(List.of("http://w/"));
      torrents.add(
          TorrentCreator.create(builder, (file, offset, bytes) -> Arrays.fill(bytes, (byte) 7)));
    }
    return torrents;
  }
}
