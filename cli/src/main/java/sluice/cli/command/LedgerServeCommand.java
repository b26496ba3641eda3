package sluice.cli.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.chain.ChainWiring;
import sluice.cli.purse.KeyFiles;
import sluice.cli.purse.Passwords;
import sluice.cli.purse.Places;
import sluice.ledger.serve.ChainFile;
import sluice.ledger.serve.ChainPlan;
import sluice.ledger.serve.ChainSettings;
import sluice.ledger.serve.LedgerFile;
import sluice.ledger.serve.LedgerService;
import sluice.ledger.serve.LedgerSettings;
import sluice.ledger.wallet.Keystore;
import sluice.market.sign.PayKey;

/** Runs a hub until it is stopped. */
final class LedgerServeCommand implements Command {
  private final Console console;
  private final LedgerOptions place = new LedgerOptions();
  private final OptionSpec listen =
      Syntax.option(
              InetSocketAddress.class,
              "--listen",
              "ADDR",
              "Answer at ADDR: PORT for this machine only, or HOST:PORT with a numeric host"
                  + " (default: 7070).")
          .converters(LedgerServeCommand::address)
          .build();
  private final OptionSpec config =
      Syntax.option(Path.class, "--config", "FILE", "Read settings from a TOML file.")
          .converters(Converters::path)
          .build();
  private final OptionSpec testCoins =
      Syntax.flag(
          "--test-coins",
          "Keep only test:coins, and give them to every member who asks. They are worth nothing.");
  private final OptionSpec passwordFile =
      Syntax.option(
              Path.class,
              "--password-file",
              "FILE",
              "Take the password of the hub's key from the first line of FILE; otherwise from "
                  + Passwords.LEDGER
                  + " or the terminal.")
          .converters(Converters::path)
          .build();

  LedgerServeCommand(Console console) {
    this.console = console;
  }

  private static InetSocketAddress address(String value) {
    try {
      return LedgerFile.address(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        place.addTo(
            Syntax.command("serve", this)
                .addOption(listen)
                .addOption(config)
                .addOption(testCoins)
                .addOption(passwordFile));
    spec.usageMessage()
        .header("Run a hub until it is stopped.")
        .description(
            "Prints where it answers and its identity, by which clients know it. Its key is made"
                + " at the first start and kept in its folder, encrypted; without it nobody can"
                + " run this hub again. Several hubs with one key may work on one PostgreSQL.",
            "")
        .footerHeading("%nExamples:%n")
        .footer(
            "  sluice ledger serve --test-coins --state hub",
            "  sluice ledger serve --config ledger.toml --listen 0.0.0.0:7070");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    LedgerSettings settings = settings();
    Optional<ChainSettings> chain = chain();
    if (settings.assets().isEmpty() && chain.isEmpty()) {
      throw new Problem(
          ExitCode.USAGE,
          "this hub keeps no assets: add --test-coins to try it out, or name assets in a file for"
              + " --config");
    }
    Path folder = place.folder();
    Places.make(folder);
    PayKey key = key(folder.resolve("hub.json"));
    String url = settings.database().orElse(LedgerOptions.sqlite(folder));
    LedgerOptions.open(url).close();
    Optional<ChainPlan> plan = Optional.empty();
    if (chain.isPresent()) {
      plan = Optional.of(ChainWiring.plan(chain.get(), key(folder.resolve("chain.json"))));
    }
    try (LedgerService service = LedgerService.start(url, key, settings, plan)) {
      console.out().println("url " + service.url());
      console.out().println("hub " + service.identity());
      if (plan.isPresent()) {
        console.out().println("asset " + plan.get().asset());
        console.out().println("wallet " + plan.get().chain().text(plan.get().chain().address(0)));
      }
      console.out().flush();
      new CountDownLatch(1).await();
    }
    return ExitCode.OK.code();
  }

  private PayKey key(Path file) throws IOException {
    Passwords passwords = Passwords.of(Passwords.LEDGER);
    Optional<Path> from = Optional.ofNullable(passwordFile.<@Nullable Path>getValue());
    if (!Files.exists(file)) {
      KeyFiles.create(file, Keystore.newKey(), passwords, from);
      console.err().println("sluice: a key of the hub is in " + file + "; keep a copy of it");
    }
    return KeyFiles.open(file, passwords, from);
  }

  /** The chain that the file names; test coins are on none. */
  private Optional<ChainSettings> chain() throws IOException {
    @Nullable Path file = config.getValue();
    if (file == null || testCoins.<Boolean>getValue()) {
      return Optional.empty();
    }
    try {
      return ChainFile.read(file);
    } catch (IllegalArgumentException e) {
      throw new Problem(ExitCode.INVALID, String.valueOf(e.getMessage()));
    }
  }

  private LedgerSettings settings() throws IOException {
    LedgerSettings settings = LedgerSettings.DEFAULT;
    @Nullable Path file = config.getValue();
    if (file != null) {
      try {
        settings = LedgerFile.read(file);
      } catch (IllegalArgumentException e) {
        throw new Problem(ExitCode.INVALID, String.valueOf(e.getMessage()));
      }
    }
    @Nullable InetSocketAddress address = listen.getValue();
    if (address != null) {
      settings = settings.listening(address);
    }
    if (place.given().isPresent()) {
      settings = settings.on(place.given().get());
    }
    return testCoins.<Boolean>getValue() ? settings.givingTestCoins() : settings;
  }
}
