package sluice.cli.command;

import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.purse.Coins;
import sluice.ledger.hub.AccountDesk;
import sluice.ledger.hub.Balance;
import sluice.ledger.hub.HistoryLine;
import sluice.ledger.store.Database;
import sluice.market.sign.PayAddress;

/** Does one thing with one account of a hub's database. */
final class AccountActionCommand implements Command {
  private static final int HISTORY_LINES = 100;

  private final Console console;
  private final AccountAction action;
  private final LedgerOptions place = new LedgerOptions();
  private final PositionalParamSpec account =
      Syntax.word(PayAddress.class, "ADDRESS", "The member's address, 40 hexadecimal digits.")
          .converters(AccountActionCommand::address)
          .build();

  AccountActionCommand(Console console, AccountAction action) {
    this.console = console;
    this.action = action;
  }

  static PayAddress address(String value) {
    if (!value.matches("[0-9a-f]{40}")) {
      throw new TypeConversionException(
          "'" + value + "' is no address; it has 40 hexadecimal digits in lower case");
    }
    return PayAddress.ofHex(value);
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = place.addTo(Syntax.command(action.word(), this).addPositional(account));
    spec.usageMessage().header(action.header()).description(action.description(), "");
    return spec;
  }

  @Override
  public Integer call() {
    PayAddress member = account.getValue();
    try (Database database = place.open()) {
      AccountDesk desk = new AccountDesk(database);
      if (action == AccountAction.OPEN) {
        desk.open(member, System.currentTimeMillis() / 1_000);
        console.out().println(member + " is a member");
        return ExitCode.OK.code();
      } else if (!desk.isMember(member)) {
        throw new Problem(ExitCode.NOT_FOUND, member + " is no member of this hub");
      }
      for (String asset : desk.assets(member)) {
        if (action == AccountAction.SHOW) {
          show(asset, desk.balance(member, asset));
        } else {
          history(asset, desk.history(member, asset, HISTORY_LINES));
        }
      }
    }
    return ExitCode.OK.code();
  }

  private void show(String asset, Balance balance) {
    console
        .out()
        .printf(
            "%s available %s locked %s withdrawing %s%n",
            asset,
            Coins.text(balance.availableMicros()),
            Coins.text(balance.lockedMicros()),
            Coins.text(balance.withdrawingMicros()));
  }

  private void history(String asset, List<HistoryLine> lines) {
    for (HistoryLine line : lines) {
      console
          .out()
          .printf(
              "%d %s %s %s %s %s%n",
              line.entry(),
              Instant.ofEpochSecond(line.atSeconds()),
              asset,
              Coins.text(line.micros()),
              line.kind(),
              line.reference());
    }
  }
}
