package sluice.cli.command;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.wiring.DaemonCall;
import sluice.cli.wiring.DaemonFiles;

/** Ends the daemon that runs. */
final class StopCommand implements Command {
  private static final long PATIENCE_SECONDS = 30;

  private final OptionSpec state = DaemonSyntax.state();

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("stop", this).addOption(state);
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .header("Stop the daemon.")
        .description("Stops the daemon of the state folder and waits until it has ended.");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    Path folder = DaemonFiles.state(DaemonSyntax.path(state));
    DaemonCall daemon = DaemonCall.need(folder);
    ProcessHandle process =
        ProcessHandle.of(daemon.pid())
            .orElseThrow(() -> new Problem(ExitCode.UNREACHABLE, "the daemon has ended"));
    daemon.ask("POST", "/api/v1/session/stop", "application/json");
    try {
      process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new Problem(
          ExitCode.FAILED, "process " + daemon.pid() + " has not ended in 30 seconds");
    }
    return ExitCode.OK.code();
  }
}
