package sluice.cli.command;

import sluice.cli.Console;

/** The hub of the bandwidth market; its commands run it and look into it. */
final class LedgerCommand {
  private LedgerCommand() {}

  static Command of(Console console) {
    return new Group(
            "ledger",
            "Run a hub of the bandwidth market, and check one.",
            "A hub keeps its members' money, locks deposits and pays vouchers. Whoever runs it"
                + " holds the coins.",
            "  sluice ledger serve --test-coins",
            "  sluice ledger audit",
            "  sluice ledger difference",
            "  sluice ledger account show 7e5f4552091a69125d5dfcb7b8c2659029395bdf",
            "  sluice ledger account --proof proof.json")
        .add("serve", new LedgerServeCommand(console))
        .add("audit", new LedgerAuditCommand(console))
        .add("difference", new LedgerDifferenceCommand(console))
        .add("resume", new LedgerResumeCommand(console))
        .add("suspense", new LedgerSuspenseCommand(console))
        .add("account", new LedgerAccountCommand(console));
  }
}
