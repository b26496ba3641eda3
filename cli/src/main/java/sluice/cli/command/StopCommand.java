package sluice.cli.command;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Model.CommandSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.remote.DaemonCall;
import sluice.cli.remote.Torrents;

/** Ends the daemon that runs, or has torrents of it rest. */
final class StopCommand implements Command {
  private static final long PATIENCE_SECONDS = 30;

  private final Console console;
  private final TorrentActions torrents = new TorrentActions();

  StopCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("stop", this);
    torrents
        .addTo(spec)
        .usageMessage()
        .header("Stop the daemon, or torrents.")
        .description(
            "Stops the daemon of the state folder and waits until it has ended. With torrents, only"
                + " these stop and the daemon goes on.");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    if (torrents.isAnyNamed()) {
      return torrents.run(
          console,
          "stopped",
          (daemon, torrent) ->
              daemon.ask("POST", Torrents.path(torrent) + "/stop", "application/json"));
    }
    Path folder =
        torrents
            .remote()
            .folder()
            .orElseThrow(() -> new Problem(ExitCode.USAGE, "--url goes with torrents"));
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
