package sluice.cli.command;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.remote.DaemonCall;
import sluice.cli.wiring.DaemonFiles;

/** Tells how the daemon does. */
final class StatusCommand implements Command {
  private final Console console;
  private final OptionSpec state = DaemonSyntax.state();
  private final OptionSpec json = Syntax.flag("--json", "Print one JSON object.");
  private final OptionSpec link =
      Syntax.flag("--link", "Print a link that opens the page once, within 15 minutes.");

  StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.command("status", this).addOption(state).addOption(link).addOption(json);
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .header("Tell how the daemon does.")
        .description("Prints the page's address and how much there is to do, or a link.");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    Path folder = DaemonFiles.state(DaemonSyntax.path(state));
    DaemonCall daemon = DaemonCall.need(folder);
    String accept = json.<Boolean>getValue() ? "application/json" : "text/plain";
    String answer =
        link.<Boolean>getValue()
            ? daemon.ask("POST", "/api/v1/login-links", accept)
            : daemon.ask("GET", "/api/v1/status", accept);
    console.out().println(answer.strip());
    return ExitCode.OK.code();
  }
}
