package sluice.cli.command;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.purse.Coins;
import sluice.cli.text.Printable;
import sluice.ledger.gateway.Suspense;
import sluice.ledger.hub.Outcome;
import sluice.ledger.store.Database;
import sluice.market.sign.PayAddress;

/** Shows deposits that nobody is known to own, and gives one to its owner. */
final class LedgerSuspenseCommand implements Command {
  private static final long MILLIS_PER_SECOND = 1_000;

  private final Console console;
  private final LedgerOptions place = new LedgerOptions();
  private final OptionSpec credit =
      Syntax.option(
              String.class,
              "--credit",
              "REFERENCE",
              "Give the deposit with this reference to the member of --to.")
          .build();
  private final OptionSpec to =
      Syntax.option(PayAddress.class, "--to", "ADDRESS", "A member, 40 hexadecimal digits.")
          .converters(LedgerSuspenseCommand::address)
          .build();
  private final CommandSpec spec =
      place.addTo(Syntax.command("suspense", this).addOption(credit).addOption(to));

  LedgerSuspenseCommand(Console console) {
    this.console = console;
    spec.usageMessage()
        .header("Show deposits of senders that are no members, and give one to its owner.")
        .description(
            "Each line has time, amount, asset and reference. It is the operator who finds out"
                + " whose a deposit is; it can be given once, and the books say to whom.",
            "");
  }

  private static PayAddress address(String value) {
    if (!value.matches("[0-9a-f]{40}")) {
      throw new TypeConversionException("'" + value + "' is not 40 hexadecimal digits");
    }
    return PayAddress.ofHex(value);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    @Nullable String reference = credit.getValue();
    @Nullable PayAddress member = to.getValue();
    if ((reference == null) != (member == null)) {
      throw new ParameterException(spec.commandLine(), "--credit and --to belong together");
    }
    try (Database database = place.open()) {
      if (reference == null || member == null) {
        Suspense.waiting(database).forEach(this::tell);
      } else {
        long now = System.currentTimeMillis() / MILLIS_PER_SECOND;
        switch (Suspense.credit(database, now, reference, member)) {
          case Outcome.Done<Suspense.Deposit>(var deposit) -> tell(deposit);
          case Outcome.Refused<Suspense.Deposit>(var refusal, String detail) ->
              throw new Problem(ExitCode.FAILED, "not given, " + refusal + ": " + detail);
        }
      }
    }
    return ExitCode.OK.code();
  }

  private void tell(Suspense.Deposit deposit) {
    console
        .out()
        .println(
            Instant.ofEpochSecond(deposit.atSeconds())
                + " "
                + Coins.text(deposit.micros())
                + " "
                + deposit.asset()
                + " "
                + Printable.clean(deposit.reference()));
  }
}
