package sluice.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.purse.Coins;
import sluice.ledger.gateway.Acceptance;
import sluice.ledger.gateway.Difference;
import sluice.ledger.hub.Outcome;
import sluice.ledger.store.Database;

/** Shows what books and chain differ by, and accepts it. */
final class LedgerDifferenceCommand implements Command {
  private static final long MILLIS_PER_SECOND = 1_000;

  private final Console console;
  private final LedgerOptions place = new LedgerOptions();
  private final OptionSpec accept =
      ReasonOption.accept(
          "Make the books say what the chain says. What is there too much is kept in suspense;"
              + " what is missing is taken from suspense and from what the hub earned. REASON"
              + " is written into the books.");

  LedgerDifferenceCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = place.addTo(Syntax.command("difference", this).addOption(accept));
    spec.usageMessage()
        .header("Show what books and chain differ by, and accept it.")
        .description(
            "A hub pays nothing out while the chain says that it has more or less than its books"
                + " say. Look for the cause first. The hub may run: it goes on paying when it has"
                + " compared again and finds no difference, after a minute at most. The exit code"
                + " is 0 if there is no difference any more and 6 if there is.",
            "");
    return spec;
  }

  @Override
  public Integer call() {
    @Nullable String why = accept.getValue();
    try (Database database = place.open()) {
      List<Difference> differences = Acceptance.differences(database);
      differences.forEach(this::tell);
      if (why == null || differences.isEmpty()) {
        if (differences.isEmpty()) {
          console.out().println("books and chain agreed when they were last compared");
        }
        return (differences.isEmpty() ? ExitCode.OK : ExitCode.INVALID).code();
      }
      return switch (Acceptance.accept(
          database, System.currentTimeMillis() / MILLIS_PER_SECOND, why)) {
        case Outcome.Done<List<Difference>>(List<Difference> accepted) -> {
          console.out().println("accepted: " + accepted.size() + ", in the books");
          yield ExitCode.OK.code();
        }
        case Outcome.Refused<List<Difference>>(var refusal, String detail) ->
            throw new Problem(ExitCode.FAILED, "not accepted, " + refusal + ": " + detail);
      };
    }
  }

  private void tell(Difference difference) {
    long surplus = difference.surplusMicros();
    console
        .out()
        .printf(
            "%s at block %d: the books have %s, the chain has %s: %s %s%n",
            difference.asset(),
            difference.height(),
            Coins.text(difference.bookedMicros()),
            Coins.text(difference.foundMicros()),
            Coins.text(Math.abs(surplus)),
            surplus > 0 ? "too much" : "missing");
  }
}
