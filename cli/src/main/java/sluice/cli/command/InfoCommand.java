package sluice.cli.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.source.TorrentLoader;
import sluice.cli.text.Json;
import sluice.protocol.magnet.MagnetException;
import sluice.protocol.magnet.MagnetParser;

/** Shows what a torrent file or a magnet link says. */
@Command(
    name = "info",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = SluiceCommand.Versions.class,
    header = "Show what a torrent file or a magnet link says.",
    description = {"Shows name, size, info-hashes, files and trackers. Nothing is sent.", ""},
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice info debian.torrent",
      "  sluice info 'magnet:?xt=urn:btih:...' --json",
      "  curl -s https://example.org/debian.torrent | sluice info -"
    })
final class InfoCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "FILE|MAGNET",
      description = "A .torrent file, - for standard input, or a magnet link.")
  private String torrent = "";

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  InfoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (TorrentLoader.isMagnet(torrent)) {
      show(magnet());
    } else {
      TorrentLoader loader = new TorrentLoader(InfoCommand::refuse, console.in());
      show(Description.of(loader.load(torrent)));
    }
    return ExitCode.OK.code();
  }

  private Description magnet() {
    try {
      return Description.of(MagnetParser.parse(torrent));
    } catch (MagnetException e) {
      throw new Problem(ExitCode.INVALID, "no magnet link that can be used: " + e.getMessage());
    }
  }

  private void show(Description description) {
    if (json) {
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
