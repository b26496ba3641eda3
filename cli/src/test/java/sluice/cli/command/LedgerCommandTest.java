package sluice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.cli.CapturedConsole;

/** A hub and a wallet, by their commands. */
class LedgerCommandTest {
  @TempDir Path temp;

  private Path password(String text) throws Exception {
    return Files.writeString(temp.resolve(text), text + "\nsecond line\n");
  }

  private static CapturedConsole run(int code, Object... words) {
    CapturedConsole console = new CapturedConsole();
    assertThat(console.run(words)).as(console.err()).isEqualTo(code);
    return console;
  }

  @Test
  void aHubIsServedAndAWalletTakesTestCoins() throws Exception {
    Path hubPassword = password("hub-secret");
    Path walletPassword = password("wallet-secret");
    Path wallet = temp.resolve("mine").resolve("wallet.json");
    Path state = temp.resolve("state").resolve("hub");
    try (ServedHub hub = ServedHub.start(state, hubPassword)) {
      assertThat(hub.console().outLines().getLast()).matches("hub [0-9a-f]{64}");
      String address =
          run(0, "wallet", "create", "--wallet", wallet, "--password-file", walletPassword)
              .outLines()
              .getFirst();
      assertThat(address).matches("[0-9a-f]{40}");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(wallet)))
          .isEqualTo("rw-------");
      CapturedConsole again =
          run(1, "wallet", "create", "--wallet", wallet, "--password-file", walletPassword);
      assertThat(again.err()).contains("never overwritten");
      Object[] at = {"--hub", hub.url(), "--wallet", wallet, "--password-file", walletPassword};
      assertThat(wallet("faucet", at, "12.5").out()).isEqualTo("available 12.5\n");
      assertThat(wallet("balance", at).out())
          .contains("address " + address, "asset test:coins", "available 12.5", "locked 0");
      assertThat(wallet("history", at).out()).contains(" 12.5 DEPOSIT faucet:");
      Object[] wrong = {"--hub", hub.url(), "--wallet", wallet, "--password-file", hubPassword};
      CapturedConsole refused = run(6, words("balance", wrong));
      assertThat(refused.err()).contains("the password does not open");
      assertThat(run(0, "ledger", "audit", "--state", state).out())
          .isEqualTo("1 entries, all right\n");
      assertThat(run(0, "ledger", "account", "show", address, "--state", state).out())
          .isEqualTo("test:coins available 12.5 locked 0 withdrawing 0\n");
      assertThat(run(0, "ledger", "account", "history", address, "--state", state).out())
          .contains(" test:coins 12.5 DEPOSIT ");
      String all =
          hub.console().out() + hub.console().err() + again.out() + again.err() + refused.err();
      assertThat(all).doesNotContain("secret");
    }
  }

  private static Object[] words(String command, Object[] at, Object... more) {
    Object[] words = new Object[2 + at.length + more.length];
    words[0] = "wallet";
    words[1] = command;
    System.arraycopy(at, 0, words, 2, at.length);
    System.arraycopy(more, 0, words, 2 + at.length, more.length);
    return words;
  }

  private static CapturedConsole wallet(String command, Object[] at, Object... more) {
    return run(0, words(command, at, more));
  }

  @Test
  void whatIsWrongIsSaidWithWhatToDo() throws Exception {
    assertThat(run(2, "ledger").err())
        .contains("Missing command: serve, audit, difference, resume, suspense or account");
    assertThat(run(2, "wallet").err()).contains("Missing command");
    assertThat(run(2, "ledger", "serve", "--state", temp.resolve("x")).err())
        .contains("add --test-coins");
    assertThat(run(2, "ledger", "serve", "--listen", "nowhere").err()).contains("write it like");
    assertThat(
            run(2, "ledger", "audit", "--database", "jdbc:postgresql://h/d?user=u&password=p")
                .err())
        .contains(".pgpass")
        .doesNotContain("password=p");
    assertThat(run(3, "ledger", "audit", "--state", temp.resolve("x")).err())
        .contains("holds no ledger");
    assertThat(run(2, "ledger", "account", "show", "abc").err()).contains("40 hexadecimal digits");
    assertThat(run(3, "wallet", "balance", "--wallet", temp.resolve("none")).err())
        .contains("sluice wallet create");
    assertThat(run(2, "wallet", "faucet", "1.2345678", "--hub", "http://h").err())
        .contains("at most 6 decimals");
    assertThat(run(2, "wallet", "balance", "--hub", "ftp://h").err()).contains("is no hub");
    Path proof = Files.writeString(temp.resolve("proof.json"), "{}");
    assertThat(run(6, "ledger", "account", "--proof", proof).err()).contains("is no proof");
    Path config = Files.writeString(temp.resolve("ledger.toml"), "lisen = \"7070\"\n");
    assertThat(run(6, "ledger", "serve", "--config", config).err()).contains("unknown: [lisen]");
  }

  @Test
  void aKeyIsImportedFromStandardInput() throws Exception {
    Path wallet = temp.resolve("wallet.json");
    Path password = password("pass");
    String key = "00".repeat(31) + "01";
    CapturedConsole console = new CapturedConsole(0, (key + "\n").getBytes());
    assertThat(console.run("wallet", "import", "--wallet", wallet, "--password-file", password))
        .isZero();
    assertThat(console.out()).isEqualTo("7e5f4552091a69125d5dfcb7b8c2659029395bdf\n");
    assertThat(Files.readString(wallet)).doesNotContain(key);
    CapturedConsole broken = new CapturedConsole(0, "12\n".getBytes());
    Path other = temp.resolve("other.json");
    assertThat(broken.run("wallet", "import", "--wallet", other, "--password-file", password))
        .isEqualTo(6);
    assertThat(other).doesNotExist();
  }
}
