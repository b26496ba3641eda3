package sluice.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sluice.cli.Console;
import sluice.cli.transfer.Goal;

/** Downloads torrents, and seeds them afterwards if that is wanted. */
@Command(
    name = "get",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = SluiceCommand.Versions.class,
    header = "Download torrents.",
    description = {
      "Downloads the data of torrents. Data that are in the folder already are checked and kept, so"
          + " the same command goes on with a download that was stopped.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice get debian.torrent --dir ~/Downloads",
      "  sluice get https://example.org/debian.torrent --seed-ratio 1.5",
      "  sluice get album.torrent --peer 192.0.2.7:6881 --no-tracker --down 2M"
    })
final class GetCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE|URL",
      description = "A .torrent file, its web address, or - for standard input.")
  private List<String> torrents = List.of();

  @Option(
      names = "--seed",
      description = "Go on seeding when all is there; implied by --seed-ratio and --seed-time.")
  private boolean seed;

  @Mixin private final TransferOptions options = new TransferOptions();

  GetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    boolean goOn = seed || options.seedRatio().isPresent() || options.seedTime().isPresent();
    Goal goal = new Goal(true, goOn, options.seedRatio(), options.seedTime());
    return new Transfers(console, options).run(torrents, goal);
  }
}
