package sluice.protocol.metainfo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import sluice.protocol.address.HostPort;
import sluice.protocol.corpus.CorpusReaders;
import sluice.protocol.corpus.Verdict;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.FileEntry.Attribute;

/** What the loader makes of names, links, pads and the keys around the info. */
class LoaderTest {
  private static final String PIECES = "6:pieces20:" + "x".repeat(20);

  @Test
  void pathsAreMapped() throws MetainfoException {
    assertThat(paths("..|bar")).containsExactly("temp/bar");
    assertThat(paths("..|..|bar")).containsExactly("temp/bar");
    assertThat(paths("/|/|bar")).containsExactly("temp/_/_/bar");
    assertThat(paths("abc/../../def|/|bar")).containsExactly("temp/abc....def/_/bar");
    assertThat(paths("..|.")).containsExactly("temp/_");
    assertThat(paths("a\\b")).containsExactly("temp/ab");
    assertThat(paths("a\nb\u009Bc\u202Ed")).containsExactly("temp/a_b_c_d");
    assertThat(paths("con|Aux.txt")).containsExactly("temp/_con/_Aux.txt");
    assertThat(paths("C:|x: y")).containsExactly("temp/C_/x_ y");
    assertThat(paths("What? <1:2>")).containsExactly("temp/What? <1:2>");
  }

  @Test
  void takenNamesGetNumbers() throws MetainfoException {
    assertThat(paths("foo|bar.txt", "foo|bar.txt", "foo|Bar.TXT"))
        .containsExactly("temp/foo/bar.txt", "temp/foo/bar.1.txt", "temp/foo/Bar.2.TXT");
    assertThat(paths("a", "a|b")).containsExactly("temp/a.1", "temp/a/b");
    assertThat(paths("a|b", "A|B")).containsExactly("temp/a/b", "temp/A/B.1");
    assertThat(paths("a", "a.1", "a")).containsExactly("temp/a", "temp/a.1", "temp/a.2");
    assertThat(paths("\u00E9", "e\u0301")).containsExactly("temp/\u00E9", "temp/e\u0301.1");
    assertThat(paths(".x", ".x")).containsExactly("temp/.x", "temp/.x.1");
  }

  @Test
  void longNamesAreCutAndKeepTheirExtension() throws MetainfoException {
    String name = paths("\u6F22".repeat(300) + ".mkv").getFirst().substring("temp/".length());
    assertThat(name.getBytes(UTF_8).length).isBetween(237, 240);
    assertThat(name).endsWith("\u6F22.mkv");
  }

  @Test
  void theNameItselfIsMapped() throws MetainfoException {
    assertThat(single("temp/../../abc").name()).isEqualTo("temp....abc");
    Info dots = single("..");
    assertThat(dots.name()).isEqualTo(dots.hashes().v1().orElseThrow().hex());
    assertThat(dots.files().getFirst().path()).containsExactly(dots.name());
  }

  @Test
  void malformedTextBecomesUnderscores() throws MetainfoException {
    String latin =
        "d4:infod6:lengthi1e4:name4:a\u00E2\u0082b12:piece lengthi16384e" + PIECES + "ee";
    assertThat(MetainfoParser.parse(latin.getBytes(ISO_8859_1)).info().name()).isEqualTo("a_b");
  }

  @Test
  void twentyThousandEqualNamesLoadInUnderASecond() throws MetainfoException {
    String files = "d6:lengthi1e4:pathl3:fooee".repeat(20_000);
    String pieces = "6:pieces40:" + "x".repeat(40);
    byte[] torrent = torrent("5:filesl" + files + "e4:name4:temp12:piece lengthi16384e" + pieces);
    Verdict verdict = Verdict.of(CorpusReaders.named("metainfo"), torrent);
    assertThat(verdict.cpuNanos()).isLessThan(1_000_000_000L);
    Info info = MetainfoParser.parse(torrent).info();
    assertThat(info.files().stream().map(FileEntry::path).distinct()).hasSize(20_000);
    assertThat(info.files().getLast().path()).containsExactly("temp", "foo.19999");
  }

  @Test
  void linksAreResolvedInsideTheRoot() throws MetainfoException {
    String files =
        file("d|f", "")
            + link("a", "d")
            + link("b", "a|f")
            + link("c", "..|..|etc|passwd")
            + link("e", "e")
            + link("g", "b")
            + link("h", "../d");
    Metainfo torrent = MetainfoParser.parse(multi(files));
    List<Optional<List<String>>> targets =
        torrent.info().files().stream().map(FileEntry::symlink).toList();
    assertThat(targets)
        .containsExactly(
            Optional.empty(),
            Optional.of(List.of("temp", "d")),
            Optional.of(List.of("temp", "d", "f")),
            Optional.empty(),
            Optional.empty(),
            Optional.of(List.of("temp", "d", "f")),
            Optional.empty());
    assertThat(torrent.softErrors()).hasSize(3);
    assertThat(torrent.info().layout().dataLength()).isEqualTo(1);
  }

  @Test
  void padsAreKnownByAttributeNameOrMissingPath() throws MetainfoException {
    String files =
        file("a", "")
            + "d4:attr1:p6:lengthi3ee"
            + file("_____padding_file_0_", "")
            + file("b", "4:attr2:xh");
    Info info = MetainfoParser.parse(multi(files)).info();
    assertThat(info.files().stream().map(FileEntry::isPad))
        .containsExactly(false, true, true, false);
    assertThat(info.files().get(1).path()).containsExactly("temp", ".pad", "3");
    assertThat(info.files().get(3).attributes())
        .containsExactlyInAnyOrder(Attribute.EXECUTABLE, Attribute.HIDDEN);
    assertThat(info.files().get(3).offset()).isEqualTo(5);
    assertThat(info.layout().dataLength()).isEqualTo(2);
  }

  @Test
  void whatStandsAroundTheInfoIsRead() throws MetainfoException {
    String outer =
        "d8:announce12: http://a/x\n13:announce-listll8:http://bel0:8: udp://cee"
            + "4:info"
            + new String(infoOf(multi(file("a", ""))), ISO_8859_1)
            + "5:nodesll9:127.0.0.1i6881eel4:hosti0eee"
            + "8:url-listl12:http://w/a b13:http://w/a b/0:ee";
    Metainfo torrent = MetainfoParser.parse(outer.getBytes(ISO_8859_1));
    assertThat(torrent.trackers()).isEqualTo(List.of(List.of("http://b"), List.of("udp://c")));
    assertThat(torrent.nodes()).containsExactly(new HostPort("127.0.0.1", 6881));
    assertThat(torrent.webSeeds()).containsExactly("http://w/a%20b/");
  }

  @Test
  void theInfoHashIsOverTheRawBytes() throws MetainfoException {
    String info = "d4:name1:a6:lengthi01e" + PIECES + "12:piece lengthi16384ee";
    Metainfo torrent = MetainfoParser.parse(("d4:info" + info + "e").getBytes(ISO_8859_1));
    assertThat(torrent.info().hashes().v1()).contains(Hash.sha1(info.getBytes(ISO_8859_1)));
    assertThat(torrent.softErrors()).isNotEmpty();
  }

  @Test
  void v2FilesStartAPiece() throws MetainfoException {
    MetainfoBuilder builder =
        MetainfoBuilder.ofFolder("r")
            .version(MetainfoBuilder.Version.V2)
            .pieceLength(16_384)
            .file(List.of("a"), 20_000)
            .file(List.of("b"), 0)
            .file(List.of("c"), 1);
    byte[] made =
        TorrentCreator.create(builder, (file, offset, bytes) -> Arrays.fill(bytes, (byte) 1));
    List<FileEntry> files = MetainfoParser.parse(made).info().files();
    assertThat(files.stream().map(FileEntry::offset)).containsExactly(0L, 32_768L, 32_768L);
    Metainfo magnet = MetainfoParser.parseInfo(MetainfoParser.parse(made).info().raw());
    assertThat(PieceHashes.of(magnet).of(0)).isEmpty();
    assertThat(PieceHashes.of(magnet).of(2).orElseThrow().v2().orElseThrow().width()).isEqualTo(1);
  }

  private static List<String> paths(String... paths) throws MetainfoException {
    String files = Arrays.stream(paths).map(p -> file(p, "")).collect(Collectors.joining());
    return MetainfoParser.parse(multi(files)).info().files().stream()
        .map(f -> String.join("/", f.path()))
        .toList();
  }

  private static Info single(String name) throws MetainfoException {
    String info = "6:lengthi1e4:name" + text(name) + "12:piece lengthi16384e" + PIECES;
    return MetainfoParser.parse(torrent(info)).info();
  }

  private static String file(String path, String attr) {
    return "d" + attr + "6:lengthi1e4:path" + list(path) + "e";
  }

  private static String link(String path, String target) {
    return "d4:attr1:l6:lengthi0e4:path" + list(path) + "12:symlink path" + list(target) + "e";
  }

  private static String list(String path) {
    return Arrays.stream(path.split("\\|"))
        .map(LoaderTest::text)
        .collect(Collectors.joining("", "l", "e"));
  }

  private static String text(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return bytes.length + ":" + new String(bytes, ISO_8859_1);
  }

  private static byte[] multi(String files) {
    return torrent("5:filesl" + files + "e4:name4:temp12:piece lengthi16384e" + PIECES);
  }

  private static byte[] torrent(String info) {
    return ("d4:infod" + info + "ee").getBytes(ISO_8859_1);
  }

  private static byte[] infoOf(byte[] torrent) throws MetainfoException {
    return MetainfoParser.parse(torrent).info().raw();
  }
}
