package sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.cli.CapturedConsole;
import sluice.ledger.wallet.Keystore;
import sluice.market.sign.PayKey;
import sluice.tron.key.HdKey;
import sluice.tron.key.Mnemonic;

/**
 * Coins on a chain, in a hub, and back on the chain, by the commands that people use: a wallet of a
 * mnemonic, {@code tron devnet}, a hub on it, and {@code wallet deposit}, {@code withdraw}, {@code
 * history}, {@code chain}.
 */
class ChainCommandTest {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();
  private static final String WORDS = "abandon ".repeat(11) + "about";

  /** What other wallets of TRON make of these words. */
  private static final String ADDRESS = "TUEZSdKsoDHQMeZwihtdoBiN46zxhGWYdH";

  @TempDir Path temp;

  private final List<Running> running = new ArrayList<>();

  /** A command that runs until it is interrupted. */
  private record Running(CapturedConsole console, Thread thread) {
    String value(String name) {
      return console.outLines().stream()
          .filter(line -> line.startsWith(name + " "))
          .map(line -> line.substring(name.length() + 1))
          .findFirst()
          .orElse("");
    }
  }

  private Running start(String last, Object... words) {
    CapturedConsole console = new CapturedConsole();
    Running started = new Running(console, Thread.ofPlatform().start(() -> console.run(words)));
    running.add(started);
    await(last, () -> !started.value(last).isEmpty() || !started.thread().isAlive());
    assertThat(started.value(last)).as(console.err()).isNotEmpty();
    return started;
  }

  private interface Look {
    boolean holds();
  }

  private static void await(String what, Look look) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!look.holds()) {
      assertThat(System.nanoTime()).as("not within a minute: %s", what).isLessThan(end);
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static CapturedConsole run(int code, Object... words) {
    CapturedConsole console = new CapturedConsole();
    assertThat(console.run(words)).as(console.err()).isEqualTo(code);
    return console;
  }

  private static String wallet(List<Object> at, Object... words) {
    List<Object> all = new ArrayList<>(List.of("wallet"));
    all.addAll(List.of(words));
    all.addAll(at);
    return run(0, all.toArray()).out();
  }

  private static void awaitOutput(List<Object> at, Predicate<String> wanted, Object... words) {
    String[] last = {""};
    await(
        "of wallet " + List.of(words),
        () -> {
          last[0] = wallet(at, words);
          return wanted.test(last[0]);
        });
  }

  private Path quick(String name, PayKey key) throws Exception {
    Path file = temp.resolve(name);
    Keystore.create(file, key, "of the test".toCharArray(), 1 << 14);
    return file;
  }

  private Running devnet() throws Exception {
    return start(
        "token",
        "tron",
        "devnet",
        "--give",
        ADDRESS,
        "--block-millis",
        "50",
        "--final",
        "2",
        "--port",
        "0",
        "--solidity-port",
        "0");
  }

  private Running hub(Running devnet, Path state, Path password) throws Exception {
    Path config =
        Files.writeString(
            temp.resolve("hub.toml"),
            """
            [tron]
            node = "%s"
            solidity = "%s"
            token = "%s"
            label = "TESTBTT"
            first-block = 0
            min-withdrawal = 1000000
            withdrawal-fee = 500000
            poll-millis = 50
            """
                .formatted(
                    devnet.value("node"),
                    devnet.value("solidity"),
                    devnet.value("token").split(" ", 2)[0]));
    return start(
        "wallet",
        "ledger",
        "serve",
        "--config",
        config,
        "--state",
        state,
        "--listen",
        "127.0.0.1:0",
        "--password-file",
        password);
  }

  @Test
  void coinsComeFromTheChainAndGoBack() throws Exception {
    Path password = Files.writeString(temp.resolve("password"), "of the test\n");
    Path made = temp.resolve("made.json");
    CapturedConsole imported = new CapturedConsole(0, (WORDS + "\n").getBytes());
    assertThat(
            imported.run(
                "wallet", "import", "--mnemonic", "--wallet", made, "--password-file", password))
        .as(imported.err())
        .isZero();
    assertThat(imported.err()).contains(ADDRESS).doesNotContain("abandon");
    assertThat(made).exists();
    // From here on keystores that are quick to open: there are many commands.
    PayKey key = HdKey.account(Mnemonic.of(WORDS).seed(""), 0).child(0).key();
    Path wallet = quick("wallet.json", key);
    Path state = Files.createDirectory(temp.resolve("hub"));
    quick("hub/hub.json", Keystore.newKey());
    quick("hub/chain.json", Keystore.newKey());
    try {
      Running devnet = devnet();
      Running hub = hub(devnet, state, password);
      thereAndBack(
          List.of("--hub", hub.value("url"), "--wallet", wallet, "--password-file", password),
          List.of("--node", devnet.value("node"), "--solidity", devnet.value("solidity")));
      assertThat(run(0, "ledger", "audit", "--state", state).out()).contains("all right");
      assertThat(run(0, "ledger", "difference", "--state", state).out()).contains("agreed");
      assertThat(run(0, "ledger", "resume", "--state", state).out())
          .isEqualTo("nothing stands still\n");
    } finally {
      for (Running each : running.reversed()) {
        each.thread().interrupt();
        each.thread().join();
      }
    }
  }

  private static void thereAndBack(List<Object> at, List<Object> node) {
    List<Object> both = new ArrayList<>(at);
    both.addAll(node);
    assertThat(wallet(at, "deposit-address")).matches("T[1-9A-HJ-NP-Za-km-z]{33}\\s+");
    assertThat(wallet(both, "deposit", "25")).matches("txid [0-9a-f]{64}\\s+");
    awaitOutput(at, text -> text.contains("available 25\n"), "balance");
    assertThat(wallet(both, "chain"))
        .contains("address " + ADDRESS, "on the chain 975\n", "0 withdrawals");
    String withdrawal = wallet(at, "withdraw", "10").lines().findFirst().orElseThrow();
    assertThat(withdrawal).matches("withdrawal [0-9a-f]{64}");
    awaitOutput(both, text -> text.contains(withdrawal + " 9.5 PAID, 0 before it"), "chain");
    assertThat(wallet(both, "chain")).contains("on the chain 984.5\n").doesNotContain("alarm");
    assertThat(wallet(at, "balance")).contains("available 15\n", "withdrawing 0\n");
    assertThat(wallet(at, "history"))
        .contains(" 25 DEPOSIT ", " -10 WITHDRAWAL_REQUESTED ", " WITHDRAWAL_PAID ");
    List<Object> wrong = new ArrayList<>(List.of("wallet", "withdraw", "1000"));
    wrong.addAll(at);
    assertThat(run(1, wrong.toArray()).err()).contains("INSUFFICIENT_FUNDS");
  }
}
