package sluice.cli.command;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import sluice.cli.Console;
import sluice.tron.key.TronAddress;

/** Asks a hub for an address on its chain that is the wallet's own. */
final class WalletDepositAddressCommand implements Command {
  private final Console console;
  private final WalletOptions options = new WalletOptions();

  WalletDepositAddressCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = options.addTo(Syntax.command("deposit-address", this));
    spec.usageMessage()
        .header("Show the address on the chain whose coins a hub credits to the wallet.")
        .description(
            "For coins from anywhere, such as an exchange. It is always the same. Only transfers"
                + " of the hub's token count, none within a contract, and no TRC-20.",
            "");
    return spec;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return options.ask((member, asset) -> {
      member.register();
      console.out().println(new TronAddress(member.depositAddress()).text());
    });
  }
}
