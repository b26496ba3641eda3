package sluice.cli.command;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.source.TorrentLoader;
import sluice.cli.text.Json;

/** Shows what a torrent file or a magnet link says. */
final class InfoCommand implements Command {
  private final Console console;

  private final PositionalParamSpec torrent =
      Syntax.word(
              String.class,
              "FILE|MAGNET",
              "A .torrent file, - for standard input, or a magnet link.")
          .build();

  private final OptionSpec json = Syntax.flag("--json", "Print one JSON object.");

  InfoCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("info", this).addPositional(torrent).addOption(json);
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .header("Show what a torrent file or a magnet link says.")
        .description(
            "Shows name, size, info-hashes, trackers, and files with their numbers, by which"
                + " 'sluice get --select' chooses them. Nothing is sent.",
            "")
        .footerHeading("%nExamples:%n")
        .footer(
            "  sluice info debian.torrent",
            "  sluice info 'magnet:?xt=urn:btih:...' --json",
            "  curl -s https://example.org/debian.torrent | sluice info -");
    return spec;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    String name = torrent.getValue();
    if (TorrentLoader.isMagnet(name)) {
      show(Description.of(TorrentLoader.magnet(name)));
    } else {
      TorrentLoader loader = new TorrentLoader(InfoCommand::refuse, console.in());
      show(Description.of(loader.load(name).metainfo()));
    }
    return ExitCode.OK.code();
  }

  private void show(Description description) {
    if (json.<Boolean>getValue()) {
      console.out().println(Json.of(description.values()));
    } else {
      description.lines().forEach(console.out()::println);
    }
  }

  private static byte[] refuse(java.net.URI uri, int maxBytes) {
    throw new Problem(
        ExitCode.USAGE, "info reads files; fetch the torrent first, for example: curl -O " + uri);
  }
}
