package sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.cli.CapturedConsole;

class CommandLineTest {
  private static final int SIZE = 100_000;

  private final CapturedConsole console = new CapturedConsole();
  @TempDir private Path temp;
  private Path data;
  private Path torrent;

  @BeforeEach
  void makeData() throws IOException {
    data = Files.createDirectories(temp.resolve("data/set"));
    torrent = temp.resolve("set.torrent");
    byte[] bytes = new byte[SIZE];
    new Random(7).nextBytes(bytes);
    Files.write(data.resolve("a.bin"), bytes);
    Files.createFile(data.resolve("empty"));
    Files.writeString(data.resolve("z.txt"), "z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--v1", "--v2", "--hybrid"})
  void whatIsCreatedIsShownAndVerifies(String version) {
    String url = "http://t.example/announce";
    assertThat(console.run("create", data, "-o", torrent, version, "--tracker", url)).isZero();
    assertThat(console.run("info", torrent)).isZero();
    assertThat(console.run("verify", torrent, "--dir", data.getParent())).isZero();
    assertThat(console.err()).isEmpty();
    assertThat(console.out())
        .contains("set.torrent: 97.7 KiB, ")
        .contains("tracker       " + url)
        .containsPattern("file +3 +1 B  set/z.txt")
        .contains("set: all right, ");
    assertThat(console.out().contains("info hash v1")).isEqualTo(!version.equals("--v2"));
    assertThat(console.out().contains("info hash v2")).isEqualTo(!version.equals("--v1"));
  }

  @Test
  void optionsOfCreateReachTheTorrent() {
    assertThat(
            console.run(
                "create",
                data,
                "-o",
                torrent,
                "--piece-size",
                "32K",
                "--private",
                "--comment",
                "hi",
                "--web-seed",
                "http://w.example/",
                "--tracker",
                "http://a.example/announce",
                "--tracker",
                "udp://b.example:1/announce"))
        .isZero();
    assertThat(console.run("info", torrent, "--json")).isZero();
    assertThat(console.outLines().getLast())
        .startsWith("{\"name\":\"set\",\"info_hash_v1\":\"")
        .contains("\"size\":100001,\"pieces\":4,\"piece_length\":32768,\"private\":true")
        .contains("\"comment\":\"hi\"")
        .contains("[[\"http://a.example/announce\"],[\"udp://b.example:1/announce\"]]")
        .contains("\"web_seeds\":[\"http://w.example/\"]")
        .contains("{\"index\":1,\"path\":\"set/a.bin\",\"length\":100000}")
        .contains("{\"index\":3,\"path\":\"set/z.txt\",");
  }

  @Test
  void createWritesToStandardOutput() throws IOException {
    assertThat(console.run("create", data, "-o", "-")).isZero();
    CapturedConsole reader = new CapturedConsole(0, console.outBytes());
    assertThat(reader.run("info", "-")).isZero();
    assertThat(reader.out()).contains("name          set");
  }

  @Test
  void verifyNamesTheFilesThatAreWrong() throws IOException {
    console.run("create", data, "-o", torrent, "--piece-size", "16K");
    byte[] bytes = Files.readAllBytes(data.resolve("a.bin"));
    bytes[20_000] ^= 1;
    Files.write(data.resolve("a.bin"), bytes);
    Files.delete(data.resolve("empty"));
    assertThat(console.run("verify", torrent, "--dir", data.getParent())).isEqualTo(6);
    assertThat(console.outLines())
        .contains("set/a.bin: 1 of 7 pieces wrong", "set/empty: missing")
        .doesNotContain("set/z.txt");
    assertThat(console.err()).contains("1 of 7 pieces are missing or wrong").contains("sluice get");
    assertThat(Files.readAllBytes(data.resolve("a.bin"))).isEqualTo(bytes);
  }

  @Test
  void aMagnetLinkIsShown() {
    String hash = "aabbccddeeff00112233445566778899aabbccdd";
    assertThat(console.run("info", "magnet:?xt=urn:btih:" + hash + "&dn=a%1Bb")).isZero();
    assertThat(console.outLines())
        .containsExactly("name          a\\u001bb", "info hash v1  " + hash);
    assertThat(console.run("info", "magnet:?dn=x")).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 2, Missing command",
    "frob, 2, there is no command or option 'frob'",
    "get, 2, Missing required parameter",
    "get x --frob, 2, Unknown option",
    "get x --port 70000, 2, is no port",
    "get x --peer nohost, 2, is no peer",
    "get x --bind name.example, 2, is no IP address",
    "get x --down 5Q, 2, is no rate",
    "get x --encryption always, 2, is no policy",
    "get x --seed-time soon, 2, is no time",
    "get x --seed-ratio -1, 2, is no ratio",
    "get x --ratio much, 2, is no ratio",
    "get x --idle-time soon, 2, is no time",
    "get x --active-downloads 0, 2, is no number of torrents",
    "get x --select 3-1, 2, is no range of files",
    "get x y --select 1, 2, different for each torrent",
    "get --sequential --state x, 2, name one",
    "seed x --select 1, 2, Unknown option",
    "get x --ip-filter nothere.dat, 3, no such file",
    "get nothere.torrent, 3, no such file",
    "seed nothere.torrent, 3, no such file",
    "info nothere.torrent, 3, no such file",
    "verify --dir x magnet:?xt=urn:btih:aabbccddeeff00112233445566778899aabbccdd, 2, use the"
        + " .torrent file",
    "get magnet:?dn=x, 6, no magnet link that can be used",
    "create nothere, 3, no such file",
    "create x --v1 --v2, 2, mutually exclusive",
    "verify x, 2, --dir",
  })
  void wrongUse(String line, int code, String message) {
    Object[] words = line.isEmpty() ? new Object[0] : line.split(" ");
    assertThat(console.run(words)).isEqualTo(code);
    assertThat(console.err()).contains(message).doesNotContain("Exception", "\tat ");
    assertThat(console.out()).isEmpty();
  }

  @Test
  void errorsAreEventsToo() {
    assertThat(console.run("get", "nothere.torrent", "--json")).isEqualTo(3);
    assertThat(console.run("get", "x", "--json", "--port", "x")).isEqualTo(2);
    assertThat(console.outLines()).hasSize(2);
    assertThat(console.outLines().get(0))
        .startsWith("{\"event\":\"error\",\"code\":3,\"message\":");
    assertThat(console.outLines().get(1))
        .startsWith("{\"event\":\"error\",\"code\":2,\"message\":");
  }

  @Test
  void filesThatAreNoTorrents() throws IOException {
    Path text = Files.writeString(temp.resolve("x.txt"), "no torrent");
    assertThat(console.run("get", text)).isEqualTo(6);
    assertThat(console.run("info", temp)).isEqualTo(6);
    Path large = temp.resolve("large");
    Files.write(large, new byte[10_000_001]);
    assertThat(console.run("info", large)).isEqualTo(6);
    assertThat(console.err().lines()).hasSize(3).allMatch(line -> line.startsWith("sluice: "));
  }

  @Test
  void foldersThatCannotBeUsed() throws IOException {
    console.run("create", data, "-o", torrent);
    assertThat(console.run("get", torrent, "--dir", torrent)).isEqualTo(1);
    assertThat(console.err()).contains("is a file; name a folder for the data by --dir");
    assertThat(console.run("get", torrent, "--dir", torrent.resolve("below"))).isEqualTo(1);
    assertThat(console.err()).contains("cannot make the folder");
    assertThat(console.run("seed", torrent, "--dir", temp)).isEqualTo(3);
    assertThat(console.err()).contains("does not exist; give the folder that holds it by --dir");
    assertThat(console.run("verify", torrent, "--dir", temp.resolve("no"))).isEqualTo(3);
  }

  @Test
  void filesThatAreNotThereAreToldBeforeAnythingIsMade() {
    console.run("create", data, "-o", torrent);
    Path folder = temp.resolve("new");
    assertThat(console.run("get", torrent, "--dir", folder, "--select", "1,9")).isEqualTo(3);
    assertThat(console.err())
        .contains("set: there is no file 9; it has 3 files: 1 a.bin, 2 empty, 3 z.txt");
    assertThat(folder).doesNotExist();
  }

  @Test
  void listsOfAddressesThatCannotBeUsed() throws IOException {
    Path page = Files.writeString(temp.resolve("page.dat"), "<html>\n404\n");
    assertThat(console.run("get", "x", "--ip-filter", page)).isEqualTo(6);
    assertThat(console.err()).contains("page.dat: no line is understood").contains(".p2b");
    Path cut = Files.write(temp.resolve("cut.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
    assertThat(console.run("get", "x", "--ip-filter", cut)).isEqualTo(6);
    assertThat(console.err()).contains("cut.gz cannot be unpacked").contains("fetch it again");
    assertThat(console.run("get", "x", "--ip-filter", temp)).isEqualTo(6);
    assertThat(console.err()).contains("is a folder; name the list itself");
    Path good = Files.writeString(temp.resolve("good.dat"), "192.0.2.0/24\n?\n??\n");
    assertThat(console.run("get", "nothere.torrent", "--ip-filter", good)).isEqualTo(3);
    assertThat(console.err())
        .contains("good.dat: 2 lines are not understood and skipped (2, 3); the other addresses");
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "seed", "create", "info", "verify", "scrape"})
  void everyCommandHasHelpWithAnExample(String command) {
    assertThat(console.run(command, "--help")).isZero();
    assertThat(console.out()).contains("Usage: sluice " + command).contains("  sluice " + command);
    assertThat(console.outLines()).allMatch(line -> line.length() <= 80);
    assertThat(console.err()).isEmpty();
  }

  @Test
  void theHelpTellsAllExitCodes() {
    assertThat(console.run("--help")).isZero();
    for (var exit : sluice.cli.ExitCode.values()) {
      assertThat(console.out()).containsPattern("\n  " + exit.code() + " +" + exit.meaning());
    }
    assertThat(console.out()).contains("\n  69 ", "\n  130, 143 ");
  }

  @Test
  void theVersionIsFilledIn() {
    assertThat(console.run("--version")).isZero();
    assertThat(console.out().strip()).matches("sluice \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
  }

  @Test
  void reproducibleBuildsGiveTheDate() {
    assertThat(CreateCommand.now(Map.of("SOURCE_DATE_EPOCH", "86400")))
        .isEqualTo(Instant.ofEpochSecond(86_400));
    assertThat(CreateCommand.now(Map.of("SOURCE_DATE_EPOCH", "x"))).isAfter(Instant.EPOCH);
  }
}
