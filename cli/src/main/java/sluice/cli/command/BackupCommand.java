package sluice.cli.command;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.remote.Torrents;
import sluice.cli.text.Json;

/** Writes a copy of everything that the daemon keeps. */
final class BackupCommand implements Command {
  private final Console console;
  private final PositionalParamSpec file =
      Syntax.word(Path.class, "FILE", "The zip file to write.")
          .converters(Converters::path)
          .build();
  private final RemoteOptions remote = new RemoteOptions("Print one JSON object.");

  BackupCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("backup", this).addPositional(file);
    remote
        .addTo(spec)
        .usageMessage()
        .header("Write a copy of the daemon's torrents and settings.")
        .description(
            "Writes a zip with all torrents as qBittorrent keeps them, and the settings; keys are"
                + " not in it. 'sluice restore' brings them back.");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    Path to = file.<Path>getValue().toAbsolutePath();
    remote.daemon().save(Torrents.ROOT + "/backup", to);
    if (remote.isJson()) {
      console.out().println(Json.of(java.util.Map.of("file", to.toString())));
    } else {
      console.out().println("wrote " + to);
    }
    return ExitCode.OK.code();
  }
}
