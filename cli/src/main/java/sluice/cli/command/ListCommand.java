package sluice.cli.command;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.wiring.StateProblem;
import sluice.state.StateView;
import sluice.state.fault.StateException;

/** Lists the torrents of a state folder. */
final class ListCommand implements Command {
  private final Console console;

  private final OptionSpec state =
      Syntax.state("Folder of the state, as given to get or seed.").required(true).build();

  private final OptionSpec json =
      Syntax.flag("--json", "Print one JSON object on one line for each torrent.");

  ListCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("list", this).addOption(state).addOption(json);
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .header("List the torrents of a state folder.")
        .description(
            "Lists what get and seed keep in the folder: how much of each torrent is there, its"
                + " size, what it is to do, how many times its size has been sent, its name and the"
                + " folder of its data. Nothing is changed, and a program that uses the folder goes"
                + " on; what it did in the last seconds may not be shown.",
            "")
        .footerHeading("%nExamples:%n")
        .footer(
            "  sluice list --state ~/.sluice",
            "  sluice list --state ~/.sluice --json | jq -r 'select(.done < .size) | .name'");
    return spec;
  }

  @Override
  public Integer call() {
    Path folder = state.<Path>getValue().toAbsolutePath().normalize();
    if (!StateView.isIn(folder)) {
      throw new Problem(
          ExitCode.NOT_FOUND,
          "no torrents are kept in "
              + folder
              + "; name the folder that was given to get or seed by --state");
    }
    try (StateView view = StateView.open(folder)) {
      Listing listing = json.<Boolean>getValue() ? Listing.json(console) : Listing.text(console);
      view.forEachRow(listing::add);
      listing.end();
    } catch (StateException e) {
      throw StateProblem.of(folder, e);
    }
    return ExitCode.OK.code();
  }
}
