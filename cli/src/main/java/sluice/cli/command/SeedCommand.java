package sluice.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Console;
import sluice.cli.choice.Picking;
import sluice.cli.transfer.Goal;

/** Gives the data of torrents to others. */
final class SeedCommand implements Command {
  private final Console console;
  private final PositionalParamSpec torrents =
      Syntax.words(
          "TORRENT", "A .torrent file, its web address, a magnet link, or - for standard input.");
  private final TransferOptions options = new TransferOptions();
  private final MarketOptions market = new MarketOptions();
  private final CommandSpec spec;

  SeedCommand(Console console) {
    this.console = console;
    spec = Syntax.command("seed", this).addPositional(torrents);
    options.addTo(spec);
    market.addSelling(spec);
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .header("Give the data of torrents to others.")
        .description(
            "Checks the data in the folder, then gives them to others until it is stopped by"
                + " Ctrl-C, or until --seed-ratio, --seed-time or --idle-time is reached. Data are"
                + " never changed.",
            "")
        .footerHeading("%nExamples:%n")
        .footer(
            "  sluice seed photos.torrent --dir ~",
            "  sluice seed photos.torrent --dir ~ --up 500K --seed-time 2h");
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    Goal goal = options.limits().goal(false, true);
    return new Transfers(console, options, market)
        .run(spec, torrents.getValue(), goal, Picking.NONE);
  }
}
