package sluice.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;

/** Checks the books of a hub. */
final class LedgerAuditCommand implements Command {
  private final Console console;
  private final LedgerOptions place = new LedgerOptions();

  LedgerAuditCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = place.addTo(Syntax.command("audit", this));
    spec.usageMessage()
        .header("Check the books.")
        .description(
            "Goes through all entries and says what does not hold: sums, signs, channels,"
                + " withdrawals, what is owed and had, the chain of hashes, balances, and that"
                + " nothing counts twice. The hub may run, and waits meanwhile. The exit code is 0"
                + " if all is right and 6 if not.",
            "");
    return spec;
  }

  @Override
  public Integer call() {
    try (Database database = place.open()) {
      Audit audit = Audit.of(database);
      audit.findings().forEach(console.out()::println);
      if (audit.findings().isEmpty()) {
        console.out().println(audit.entries() + " entries, all right");
        return ExitCode.OK.code();
      }
      console
          .err()
          .println(
              "sluice: the books are wrong in "
                  + audit.findings().size()
                  + " places; stop the hub and look for who else wrote to its database");
      return ExitCode.INVALID.code();
    }
  }
}
