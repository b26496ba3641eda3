package sluice.cli.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.chain.LocalChain;
import sluice.tron.key.TronAddress;

/** Runs a chain until it is stopped. */
final class TronDevnetCommand implements Command {
  private static final long GIVEN_MICROS = 1_000_000_000;
  private static final int FULL_PORT = 50_051;
  private static final int SOLIDITY_PORT = 50_061;
  private static final int MAX_PORT = 65_535;

  private final Console console;
  private final OptionSpec give =
      Syntax.list(
              TronAddress.class,
              "--give",
              "ADDRESS",
              "Give ADDRESS 1000 tokens, and TRX for fees; may be repeated.")
          .converters(TronDevnetCommand::address)
          .build();
  private final OptionSpec block =
      number("--block-millis", "Make a block each MS milliseconds", "MS", 3_000, 60_000, 50);
  private final OptionSpec lag =
      number("--final", "A block is final with N blocks on it", "N", 20, 1_000, 0);
  private final OptionSpec full =
      number("--port", "Port of the full service; 0 for any", "PORT", FULL_PORT, MAX_PORT, 0);
  private final OptionSpec solidity =
      number("--solidity-port", "Port of the solidity service", "PORT", SOLIDITY_PORT, MAX_PORT, 0);

  TronDevnetCommand(Console console) {
    this.console = console;
  }

  private static OptionSpec number(
      String name, String what, String label, int usual, int most, int least) {
    return Syntax.option(Integer.class, name, label, what + " (default: " + usual + ").")
        .converters(value -> {
          if (!value.matches("[0-9]{1,6}")
              || Integer.parseInt(value) > most
              || Integer.parseInt(value) < least) {
            throw new TypeConversionException(
                "'" + value + "' is no number from " + least + " to " + most);
          }
          return Integer.parseInt(value);
        })
        .initialValue(usual)
        .build();
  }

  private static TronAddress address(String value) {
    return TronAddress.parse(value)
        .orElseThrow(
            () -> new TypeConversionException("'" + value + "' is no address of the chain"));
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.addStandardOptions(
            Syntax.command("devnet", this)
                .addOption(give)
                .addOption(block)
                .addOption(lag)
                .addOption(full)
                .addOption(solidity));
    spec.usageMessage()
        .header("Run a chain on this machine until it is stopped.")
        .description(
            "Answers as a node does, on loopback. Prints where, and the number of its token. It"
                + " keeps nothing.",
            "");
    return spec;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (LocalChain chain =
        LocalChain.start(
            block.<Integer>getValue(),
            lag.<Integer>getValue(),
            full.<Integer>getValue(),
            solidity.<Integer>getValue())) {
      for (TronAddress receiver : give.<List<TronAddress>>getValue()) {
        chain.give(receiver.account(), GIVEN_MICROS);
      }
      console.out().println("node " + chain.settings().full());
      console.out().println("solidity " + chain.settings().solidity());
      console.out().println("token " + chain.token() + " " + LocalChain.LABEL);
      console.out().flush();
      new CountDownLatch(1).await();
    }
    return ExitCode.OK.code();
  }
}
