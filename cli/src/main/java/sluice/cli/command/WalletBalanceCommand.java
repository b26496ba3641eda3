package sluice.cli.command;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import sluice.cli.Console;
import sluice.cli.purse.Coins;
import sluice.ledger.hub.Balance;

/** Asks a hub what the wallet has. */
final class WalletBalanceCommand implements Command {
  private final Console console;
  private final WalletOptions options = new WalletOptions();

  WalletBalanceCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = options.addTo(Syntax.command("balance", this));
    spec.usageMessage()
        .header("Show what a hub holds for the wallet.")
        .description(
            "What may be spent, what is locked in channels, what is on its way out, and the"
                + " address.",
            "");
    return spec;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return options.ask((member, asset) -> {
      Balance balance = member.balance(asset);
      console
          .out()
          .printf(
              "address %s%nasset %s%navailable %s%nlocked %s%nwithdrawing %s%n",
              member.address(),
              asset,
              Coins.text(balance.availableMicros()),
              Coins.text(balance.lockedMicros()),
              Coins.text(balance.withdrawingMicros()));
    });
  }
}
