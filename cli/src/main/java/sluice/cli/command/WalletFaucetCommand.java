package sluice.cli.command;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;
import sluice.cli.Console;
import sluice.cli.purse.Coins;

/** Takes test coins of a hub that gives them away. */
final class WalletFaucetCommand implements Command {
  private final Console console;
  private final WalletOptions options = new WalletOptions();
  private final PositionalParamSpec amount =
      Syntax.word(Long.class, "AMOUNT", "How many coins, such as 100.")
          .converters(WalletFaucetCommand::micros)
          .build();

  WalletFaucetCommand(Console console) {
    this.console = console;
  }

  private static Long micros(String value) {
    try {
      return Coins.micros(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = options.addTo(Syntax.command("faucet", this).addPositional(amount));
    spec.usageMessage()
        .header("Take test coins of a hub that gives them away.")
        .description(
            "Makes the wallet a member of the hub if it is none. Test coins are worth nothing.",
            "");
    return spec;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return options.ask((member, asset) -> {
      member.register();
      long available = member.faucet(asset, amount.<Long>getValue());
      console.out().println("available " + Coins.text(available));
    });
  }
}
