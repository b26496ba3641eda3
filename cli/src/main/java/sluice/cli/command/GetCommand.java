package sluice.cli.command;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Console;
import sluice.cli.transfer.Goal;

/** Downloads torrents, and seeds them afterwards if that is wanted. */
final class GetCommand implements Command {
  private final Console console;

  private final PositionalParamSpec torrents =
      Syntax.words(
          "TORRENT", "A .torrent file, its web address, a magnet link, or - for standard input.");

  private final OptionSpec seed =
      Syntax.flag(
          "--seed",
          "Go on seeding when all is there; implied by --seed-ratio, --seed-time and --idle-time.");

  private final Watching watching = new Watching();
  private final PickingOptions picking = new PickingOptions();
  private final TransferOptions options = new TransferOptions();
  private final MarketOptions market = new MarketOptions();
  private final CommandSpec spec;

  GetCommand(Console console) {
    this.console = console;
    spec = Syntax.command("get", this).addPositional(torrents).addOption(seed);
    watching.addTo(spec);
    picking.addTo(spec);
    options.addTo(spec);
    market.addBuying(spec);
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .header("Download torrents.")
        .description(
            "Downloads the data of torrents. Data that are in the folder already are checked and"
                + " kept, so the same command goes on with a download that was stopped.",
            "")
        .footerHeading("%nExamples:%n")
        .footer(
            "  sluice get debian.torrent --dir ~/Downloads",
            "  sluice get https://example.org/debian.torrent --seed-ratio 1.5",
            "  sluice get 'magnet:?xt=urn:btih:...' --dir ~/Downloads",
            "  sluice get series.torrent --select '*.mkv,!*sample*' --sequential",
            "  sluice get *.torrent --active-downloads 3 --ratio 1 --idle-time 30m",
            "  sluice get album.torrent --peer 192.0.2.7:6881 --no-tracker --down 2M");
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    boolean seeds = seed.<Boolean>getValue() || watching.isWanted();
    Goal goal = options.limits().goal(true, seeds);
    List<String> names = torrents.getValue();
    return new Transfers(console, options, market)
        .run(spec, names, goal, picking.picking(names, spec), watching);
  }
}
