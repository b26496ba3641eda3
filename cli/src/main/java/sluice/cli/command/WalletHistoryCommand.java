package sluice.cli.command;

import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;
import sluice.cli.Console;
import sluice.cli.purse.Coins;
import sluice.cli.text.Printable;
import sluice.ledger.client.ChangeView;

/** Asks a hub what changed the wallet's balance. */
final class WalletHistoryCommand implements Command {
  private final Console console;
  private final WalletOptions options = new WalletOptions();

  WalletHistoryCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = options.addTo(Syntax.command("history", this));
    spec.usageMessage()
        .header("Show what changed the wallet's balance at a hub.")
        .description("The latest first, at most 100 lines: time, amount, kind, reference.", "");
    return spec;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return options.ask((member, asset) -> {
      for (ChangeView line : member.history(asset)) {
        console
            .out()
            .println(
                Instant.ofEpochSecond(line.atSeconds())
                    + " "
                    + Coins.text(line.micros())
                    + " "
                    + Printable.clean(line.kind())
                    + " "
                    + Printable.clean(line.reference()));
      }
    });
  }
}
