package sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.cli.CapturedConsole;
import sluice.cli.market.MarketTrade;
import sluice.cli.wiring.DaemonFiles;
import sluice.daemon.Daemon;
import sluice.daemon.config.ControlFile;
import sluice.daemon.config.DaemonSettings;
import sluice.ledger.wallet.Keystore;
import sluice.market.sign.PayKey;
import sluice.testkit.LogCapture;
import sluice.testkit.Secrets;

/**
 * Wallets are made and imported, well and badly, a hub is served, and a daemon trades by them: no
 * private key, mnemonic or password is in what commands print, in what is logged at the finest
 * level, in any answer of the hub or of the daemon's APIs, or in a file that is not theirs.
 */
class SecretsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String HUB_PASSWORD = "hub Zq7~Kx#41 wörd";
  private static final String WALLET_PASSWORD = "wallet Pt3!Vy&88 wört";
  private static final String WORDS =
      "legal winner thank year wave sausage worth useful legal winner thank yellow";
  private static final String ORDER =
      "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
  private static final Pattern PATH = Pattern.compile("\"(/[^\"{}]*)\":\\{\"get\"");

  @TempDir Path temp;
  private final List<String> said = new ArrayList<>();
  private final List<Path> theirs = new ArrayList<>();

  private Path password(String name, String text) throws Exception {
    Path file = Files.writeString(temp.resolve(name), text + "\n");
    theirs.add(file);
    return file;
  }

  private CapturedConsole run(int code, String input, Object... words) {
    CapturedConsole console = new CapturedConsole(0, input.getBytes(StandardCharsets.UTF_8));
    assertThat(console.run(words)).as(console.err()).isEqualTo(code);
    said.add(console.out());
    said.add(console.err());
    return console;
  }

  private PayKey key(Path wallet, String password) throws Exception {
    return Keystore.read(wallet).open(password.toCharArray());
  }

  @Test
  void noKeyNoMnemonicAndNoPasswordIsTold() throws Exception {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream standard = new ByteArrayOutputStream();
    Secrets secrets =
        new Secrets()
            .text("the hub's password", HUB_PASSWORD)
            .text("the wallet's password", WALLET_PASSWORD)
            .words("the mnemonic", WORDS);
    List<String> logged;
    try (LogCapture log = LogCapture.start();
        PrintStream both = new PrintStream(standard, true, StandardCharsets.UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      wallets(secrets);
      trade(log, secrets);
      logged = log.lines();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    said.add(standard.toString(StandardCharsets.UTF_8));
    assertThat(logged).hasSizeGreaterThan(20);
    for (List<String> texts : List.of(said, logged)) {
      for (String text : texts) {
        assertThat(secrets.in(text)).as(text).isEmpty();
      }
    }
    files(secrets);
  }

  private void files(Secrets secrets) throws Exception {
    int looked = 0;
    try (Stream<Path> all = Files.walk(temp)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!theirs.contains(file)) {
          assertThat(secrets.in(Files.readAllBytes(file))).as("%s", file).isEmpty();
          looked++;
        }
      }
    }
    assertThat(looked).as("keystores, databases, journals").isGreaterThan(5);
  }

  /** Keys that are made, imported, and not imported as a digit or a word is wrong. */
  private void wallets(Secrets secrets) throws Exception {
    Path password = password("wallet-password", WALLET_PASSWORD);
    Path made = temp.resolve("made.json");
    run(0, "", "wallet", "create", "--wallet", made, "--password-file", password);
    secrets.key("a key that was made", key(made, WALLET_PASSWORD).secret());
    byte[] key = Keystore.newKey().secret();
    String hex = HexFormat.of().formatHex(key);
    secrets.key("a key that is imported", key);
    Path imported = temp.resolve("imported.json");
    Object[] to = {"wallet", "import", "--wallet", imported, "--password-file", password};
    for (String wrong :
        List.of(
            hex.substring(1),
            hex + "0",
            "0x" + hex,
            hex.substring(0, 63) + "g",
            hex.substring(0, 32) + " " + hex.substring(32),
            WORDS)) {
      run(6, wrong + "\n", to);
    }
    secrets.key("the order of the curve", HexFormat.of().parseHex(ORDER));
    run(6, ORDER + "\n", to);
    run(0, hex + "\n", to);
    run(1, hex + "\n", to);
    Path file = temp.resolve("key.txt");
    theirs.add(file);
    Files.writeString(file, hex.substring(2));
    Path other = temp.resolve("other.json");
    run(
        6,
        "",
        "wallet",
        "import",
        "--wallet",
        other,
        "--password-file",
        password,
        "--key-file",
        file);
    Object[] words = {
      "wallet", "import", "--mnemonic", "--wallet", other, "--password-file", password
    };
    for (String wrong :
        List.of(
            WORDS.replace("yellow", "yelow"),
            WORDS.replace("yellow", "year"),
            WORDS + " " + WORDS + " " + WORDS,
            WORDS.substring(6),
            hex)) {
      run(6, wrong + "\n", words);
    }
    run(0, WORDS + "\n", words);
    secrets.key("a mnemonic's key", key(other, WALLET_PASSWORD).secret());
  }

  private void trade(LogCapture log, Secrets secrets) throws Exception {
    Path hubPassword = password("hub-password", HUB_PASSWORD);
    Path state = temp.resolve("hub");
    CapturedConsole served;
    try (ServedHub hub = ServedHub.start(state, hubPassword)) {
      log.deepen();
      secrets.key("the hub's key", key(state.resolve("hub.json"), HUB_PASSWORD).secret());
      member(hub.url());
      openAnswers(hub.url());
      daemon(hub.url(), log);
      run(6, "", ServedHub.words(state, temp.resolve("wallet-password")));
      run(0, "", "ledger", "audit", "--state", state);
      served = hub.console();
    }
    said.add(served.out());
    said.add(served.err());
  }

  private void member(String url) {
    Object[] at = {
      "--hub",
      url,
      "--wallet",
      temp.resolve("made.json"),
      "--password-file",
      temp.resolve("wallet-password")
    };
    wallet(0, at, "faucet", "12.5");
    wallet(0, at, "balance");
    wallet(0, at, "history");
    for (String refused : List.of("chain", "deposit-address", "proof")) {
      CapturedConsole console = new CapturedConsole();
      console.run(words(at, refused));
      said.add(console.out() + console.err());
    }
    at[5] = temp.resolve("hub-password");
    wallet(6, at, "balance");
  }

  private void wallet(int code, Object[] at, Object... command) {
    run(code, "", words(at, command));
  }

  private static Object[] words(Object[] at, Object... command) {
    List<Object> words = new ArrayList<>(List.of("wallet"));
    words.addAll(List.of(command));
    words.addAll(List.of(at));
    return words.toArray();
  }

  /** What a hub answers to anybody, by its own description, and how it refuses. */
  private void openAnswers(String url) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      String document = get(http, url + "/v1/openapi.json", "");
      List<String> paths =
          PATH.matcher(document.replaceAll("\\s", "")).results().map(m -> m.group(1)).toList();
      assertThat(paths).contains("/v1/hub", "/v1/balance", "/metrics");
      for (String path : paths) {
        get(http, url + path, "");
      }
    }
  }

  private String get(HttpClient http, String url, String key) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
    if (!key.isEmpty()) {
      request.header("X-API-Key", key);
    }
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    said.add(url + " " + answer.statusCode() + " " + answer.headers().map() + answer.body());
    return answer.body();
  }

  /** A daemon that trades by the wallet, and all that its APIs tell a program that may ask all. */
  private void daemon(String hub, LogCapture log) throws Exception {
    Path config =
        Files.writeString(
            temp.resolve("config.toml"),
            """
            downloads = "%s"
            [network]
            port = 0
            bind = "127.0.0.1"
            dht = false
            lsd = false
            [web]
            port = 0
            [market]
            ledger = "%s"
            wallet = "%s"
            password-file = "%s"
            """
                .formatted(
                    temp.resolve("downloads"),
                    hub,
                    temp.resolve("made.json"),
                    temp.resolve("wallet-password")));
    Path state = temp.resolve("daemon");
    DaemonSettings settings = DaemonFiles.settings(Optional.of(config), Optional.of(state));
    said.add(settings.toString());
    try (HttpClient http = HttpClient.newHttpClient();
        Daemon daemon =
            Daemon.start(
                settings,
                (market, terms) ->
                    MarketTrade.open(market, terms, settings.client().transport()))) {
      log.deepen();
      String key = ControlFile.read(state).orElseThrow().key();
      String base = daemon.url().toString().replaceFirst("/$", "");
      String document = get(http, base + "/api/v1/openapi.json", key);
      List<String> paths =
          PATH.matcher(document.replaceAll("\\s", ""))
              .results()
              .map(m -> m.group(1))
              .filter(p -> !p.endsWith("/events"))
              .toList();
      assertThat(paths).hasSizeGreaterThan(8).anyMatch(p -> p.endsWith("/wallet"));
      for (String path : paths) {
        get(http, base + (path.startsWith("/api/") ? path : "/api/v1" + path), key);
      }
      assertThat(said.stream().filter(s -> s.contains("/wallet 200"))).isNotEmpty();
      for (String path :
          List.of(
              "/metrics",
              "/api/v2/app/preferences",
              "/api/v2/app/version",
              "/transmission/rpc",
              "/api/v1/wallet/key",
              "/api/v1/wallet/export",
              "/api/private_key?pw=" + "x")) {
        get(http, base + path, key);
      }
    }
  }
}
