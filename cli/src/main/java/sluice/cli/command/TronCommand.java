package sluice.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import sluice.cli.Console;

/** Chains of TRON, to try things out. */
final class TronCommand implements Command {
  private final CommandSpec spec = Syntax.command("tron", this);

  TronCommand(Console console) {
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .synopsisSubcommandLabel("COMMAND")
        .header("Run a chain like TRON on this machine.")
        .description("Its coins are worth nothing.", "")
        .footerHeading("%nExamples:%n")
        .footer("  sluice tron devnet --give TMVQGm1qAQYVdetCeGRRkTWYYrLXuHK2HC");
    spec.addSubcommand("devnet", new TronDevnetCommand(console).spec());
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing command: devnet.");
  }
}
