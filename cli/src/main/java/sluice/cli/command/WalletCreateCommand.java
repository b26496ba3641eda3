package sluice.cli.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.purse.KeyFiles;
import sluice.cli.purse.Passwords;
import sluice.ledger.wallet.Keystore;
import sluice.market.sign.PayKey;
import sluice.tron.key.HdKey;
import sluice.tron.key.Mnemonic;
import sluice.tron.key.TronAddress;

/** Makes a wallet, of a key by chance or of one that is given. */
final class WalletCreateCommand implements Command {
  private static final String DIGITS = "[0-9a-fA-F]{64}";

  private final Console console;
  private final boolean imports;
  private final WalletOptions options = new WalletOptions();
  private final OptionSpec keyFile =
      Syntax.option(
              Path.class,
              "--key-file",
              "FILE",
              "Read the key, 64 hexadecimal digits, from FILE and not from standard input.")
          .converters(Converters::path)
          .build();

  private final OptionSpec mnemonic =
      Syntax.flag(
          "--mnemonic",
          "What is read are the 12 to 24 words of a mnemonic (BIP 39); its first address of TRON"
              + " (m/44'/195'/0'/0/0) is taken.");

  WalletCreateCommand(Console console, boolean imports) {
    this.console = console;
    this.imports = imports;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = options.addKeyTo(Syntax.command(imports ? "import" : "create", this));
    if (imports) {
      spec.addOption(keyFile).addOption(mnemonic);
    }
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .header(imports ? "Make a wallet of a key that you have." : "Make a wallet.")
        .description(
            "Writes the key to a file that only you may read, encrypted with a password, and"
                + " prints its address. A file that is there is never overwritten. Whoever has"
                + " file and password has the coins; without them they are lost.",
            "");
    return spec;
  }

  @Override
  public Integer call() throws IOException {
    if (Files.exists(options.file())) {
      throw new Problem(
          ExitCode.FAILED,
          options.file() + " is there, and a key is never overwritten; name another --wallet");
    }
    PayKey key = imports ? read() : Keystore.newKey();
    KeyFiles.create(options.file(), key, Passwords.of(Passwords.WALLET), options.passwordFile());
    console.out().println(key.address());
    console
        .err()
        .println(
            "sluice: the key is in "
                + options.file()
                + "; keep a copy of it. On TRON its address is "
                + new TronAddress(key.address()));
    return ExitCode.OK.code();
  }

  private PayKey read() throws IOException {
    @Nullable Path file = keyFile.getValue();
    String text =
        file == null
            ? new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.US_ASCII))
                .readLine()
            : Files.readString(file, StandardCharsets.US_ASCII).strip();
    if (text != null && mnemonic.<Boolean>getValue()) {
      return words(text);
    } else if (text == null || !text.strip().matches(DIGITS)) {
      throw new Problem(
          ExitCode.INVALID, "that is no key: a key has 64 hexadecimal digits, on one line");
    }
    byte[] secret = HexFormat.of().parseHex(text.strip());
    PayKey key =
        PayKey.of(secret)
            .orElseThrow(
                () -> new Problem(ExitCode.INVALID, "that is no key: it is 0 or beyond the curve"));
    Arrays.fill(secret, (byte) 0);
    return key;
  }

  private static PayKey words(String text) {
    try {
      return HdKey.account(Mnemonic.of(text).seed(""), 0).child(0).key();
    } catch (IllegalArgumentException e) {
      throw new Problem(ExitCode.INVALID, String.valueOf(e.getMessage()));
    }
  }
}
