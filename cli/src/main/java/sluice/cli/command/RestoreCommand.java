package sluice.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.text.Json;
import sluice.cli.wiring.DaemonFiles;
import sluice.daemon.Daemon;

/** Brings back what a backup has, before the daemon starts for the first time. */
final class RestoreCommand implements Command {
  private final Console console;
  private final PositionalParamSpec file =
      Syntax.word(Path.class, "FILE", "What 'sluice backup' wrote.")
          .converters(Converters::path)
          .build();
  private final OptionSpec state = DaemonSyntax.state();
  private final OptionSpec json = Syntax.flag("--json", "Print one JSON object.");

  RestoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.command("restore", this).addPositional(file).addOption(json).addOption(state);
    spec.usageMessage()
        .header("Bring back what 'sluice backup' wrote.")
        .description(
            "Puts settings, feeds and torrents of a backup into a state folder that has not been"
                + " used yet. The daemon that starts there next takes the torrents over; their data"
                + " are not checked again if they are as they were. Keys are made anew.");
    return Syntax.addStandardOptions(spec);
  }

  @Override
  public Integer call() throws Exception {
    Path folder = DaemonFiles.state(DaemonSyntax.path(state));
    int torrents;
    try (InputStream in = Files.newInputStream(file.<Path>getValue())) {
      torrents = Daemon.restore(in, folder);
    } catch (IOException e) {
      throw new Problem(ExitCode.FAILED, String.valueOf(e.getMessage()));
    }
    if (json.<Boolean>getValue()) {
      console.out().println(Json.of(Map.of("state", folder.toString(), "torrents", torrents)));
    } else {
      String all = torrents == 1 ? "1 torrent waits" : torrents + " torrents wait";
      console.out().println(all + " for the daemon of " + folder);
    }
    return ExitCode.OK.code();
  }
}
