package sluice.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import sluice.cli.Console;

/** The hub of the bandwidth market; its commands run it and look into it. */
final class LedgerCommand implements Command {
  private final CommandSpec spec = Syntax.command("ledger", this);

  LedgerCommand(Console console) {
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .synopsisSubcommandLabel("COMMAND")
        .header("Run a hub of the bandwidth market, and check one.")
        .description(
            "A hub keeps its members' money, locks deposits and pays vouchers. Whoever runs it"
                + " holds the coins.",
            "")
        .footerHeading("%nExamples:%n")
        .footer(
            "  sluice ledger serve --test-coins",
            "  sluice ledger audit",
            "  sluice ledger account show 7e5f4552091a69125d5dfcb7b8c2659029395bdf",
            "  sluice ledger account --proof proof.json");
    spec.addSubcommand("serve", new LedgerServeCommand(console).spec());
    spec.addSubcommand("audit", new LedgerAuditCommand(console).spec());
    spec.addSubcommand("account", new LedgerAccountCommand(console).spec());
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing command: serve, audit or account.");
  }
}
