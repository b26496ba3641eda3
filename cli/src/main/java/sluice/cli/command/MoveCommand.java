package sluice.cli.command;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.Console;
import sluice.cli.remote.Torrents;

/** Brings the data of torrents of the daemon into another folder. */
final class MoveCommand implements Command {
  private final Console console;
  private final TorrentActions torrents = new TorrentActions();
  private final OptionSpec to =
      Syntax.option(
              Path.class, "--to", "DIR", "The folder; one that the daemon's configuration names.")
          .converters(Converters::path)
          .required(true)
          .build();

  MoveCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("move", this).addOption(to);
    torrents
        .addTo(spec)
        .usageMessage()
        .header("Move the data of torrents of the daemon.")
        .description("Moves the data of torrents to another folder while they stay in use.", "")
        .footerHeading("%nExamples:%n")
        .footer("  sluice move 5c1d30 --to /srv/films");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    String folder = to.<Path>getValue().toAbsolutePath().normalize().toString();
    return torrents.run(
        console,
        "moved",
        (daemon, torrent) ->
            daemon.send("POST", Torrents.path(torrent) + "/move", Map.of("folder", folder)));
  }
}
