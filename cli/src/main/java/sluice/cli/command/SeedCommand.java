package sluice.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import sluice.cli.Console;
import sluice.cli.transfer.Goal;

/** Gives the data of torrents to others. */
@Command(
    name = "seed",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = SluiceCommand.Versions.class,
    header = "Give the data of torrents to others.",
    description = {
      "Checks the data in the folder, then gives them to others until it is stopped by Ctrl-C, or"
          + " until --seed-ratio or --seed-time is reached. Data are never changed.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice seed photos.torrent --dir ~",
      "  sluice seed photos.torrent --dir ~ --up 500K --seed-time 2h"
    })
final class SeedCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "A .torrent file.")
  private List<String> torrents = List.of();

  @Mixin private final TransferOptions options = new TransferOptions();

  SeedCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Goal goal = new Goal(false, true, options.seedRatio(), options.seedTime());
    return new Transfers(console, options).run(torrents, goal);
  }
}
