package sluice.cli.command;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;
import sluice.cli.Console;
import sluice.cli.purse.Coins;
import sluice.ledger.client.WithdrawalView;
import sluice.market.sign.PayAddress;
import sluice.tron.key.TronAddress;

/** Has a hub pay coins out on the chain. */
final class WalletWithdrawCommand implements Command {
  private final Console console;
  private final WalletOptions options = new WalletOptions();
  private final PositionalParamSpec amount =
      Syntax.word(Long.class, "AMOUNT", "How many coins, the hub's fee included, such as 25.")
          .converters(WalletWithdrawCommand::micros)
          .build();
  private final OptionSpec to =
      Syntax.option(
              PayAddress.class,
              "--to",
              "ADDRESS",
              "Pay to this address, if the hub does, and not to the wallet's own.")
          .converters(WalletWithdrawCommand::address)
          .build();

  WalletWithdrawCommand(Console console) {
    this.console = console;
  }

  static Long micros(String value) {
    try {
      return Coins.micros(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static PayAddress address(String value) {
    return TronAddress.parse(value)
        .map(TronAddress::account)
        .orElseThrow(
            () -> new TypeConversionException("'" + value + "' is no address of the chain"));
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        options.addTo(Syntax.command("withdraw", this).addOption(to).addPositional(amount));
    spec.usageMessage()
        .header("Have a hub pay coins out on the chain.")
        .description(
            "Prints the withdrawal's number; 'wallet chain' shows where it is in the queue and"
                + " when it is final.",
            "");
    return spec;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return options.ask((member, asset) -> {
      @Nullable PayAddress given = to.getValue();
      PayAddress receiver = given == null ? member.address() : given;
      WithdrawalView withdrawal = member.withdraw(asset, amount.<Long>getValue(), receiver);
      console.out().println("withdrawal " + withdrawal.id().hex());
      console.out().println("to " + new TronAddress(receiver));
    });
  }
}
