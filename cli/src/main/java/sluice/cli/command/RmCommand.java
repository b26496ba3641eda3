package sluice.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.Console;
import sluice.cli.remote.Torrents;

/** Takes torrents from the daemon. */
final class RmCommand implements Command {
  private final Console console;
  private final TorrentActions torrents = new TorrentActions();
  private final OptionSpec data = Syntax.flag("--data", "Delete their data, too.");

  RmCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("rm", this).addOption(data);
    torrents
        .addTo(spec)
        .usageMessage()
        .header("Remove torrents from the daemon.")
        .description("Removes torrents from the daemon. Their data stay unless --data is given.");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    String query = "?data=" + data.<Boolean>getValue();
    return torrents.run(
        console,
        "removed",
        (daemon, torrent) ->
            daemon.ask("DELETE", Torrents.path(torrent) + query, "application/json"));
  }
}
