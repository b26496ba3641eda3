package sluice.cli.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.remote.DaemonCall;
import sluice.cli.remote.Torrents;
import sluice.cli.wiring.StateProblem;
import sluice.state.StateView;
import sluice.state.fault.StateException;

/** Lists the torrents of the daemon that runs, or of a state folder. */
final class ListCommand implements Command {
  private final Console console;
  private final Map<String, OptionSpec> wanted = new LinkedHashMap<>();
  private final RemoteOptions remote =
      new RemoteOptions("Print one JSON object on one line for each torrent.");

  ListCommand(Console console) {
    this.console = console;
    wanted.put("search", option("--search", "TEXT", "Only those whose name has this in it."));
    wanted.put("state", option("--only", "STATE", "Only those that do this, such as seeding."));
    wanted.put("category", option("--category", "NAME", "Only those of this category."));
    wanted.put("tag", option("--tag", "NAME", "Only those with this tag."));
    wanted.put(
        "sort",
        option(
            "--sort",
            "ORDER",
            "By name, size, progress, down, up, eta, peers, ratio, added or active; with a minus"
                + " the largest first."));
  }

  private static OptionSpec option(String name, String label, String description) {
    return Syntax.option(String.class, name, label, description + " Asks the daemon.").build();
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("list", this);
    wanted.values().forEach(spec::addOption);
    remote
        .addTo(spec)
        .usageMessage()
        .header("List the torrents of the daemon or of a state folder.")
        .description(
            "Asks the daemon that runs on the state folder. If none does, lists what the daemon,"
                + " get or seed keep there: how much of each torrent is there, its size, what it is"
                + " to do, how many times its size has been sent, its name and the folder of its"
                + " data. Nothing is changed, and a program that uses the folder goes on; what it"
                + " did in the last seconds may not be shown.",
            "")
        .footerHeading("%nExamples:%n")
        .footer(
            "  sluice list --only downloading --sort -down",
            "  sluice list --state ~/.sluice",
            "  sluice list --state ~/.sluice --json | jq -r 'select(.done < .size) | .name'");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    Optional<Path> folder = remote.folder();
    Map<String, String> query = new LinkedHashMap<>();
    wanted.forEach((name, option) -> {
      if (option.getValue() != null) {
        query.put(name, option.<String>getValue());
      }
    });
    if (folder.isEmpty() || !query.isEmpty() || DaemonCall.find(folder.get()).isPresent()) {
      Torrents torrents = new Torrents(remote.daemon());
      if (remote.isJson()) {
        torrents.each(query, t -> RemoteTable.json(console, java.util.List.of(t)));
      } else {
        RemoteTable.torrents(torrents.all(query)).print(console);
      }
      return ExitCode.OK.code();
    }
    kept(folder.get());
    return ExitCode.OK.code();
  }

  /** What is kept in the folder, or by a daemon in the folder. */
  private void kept(Path named) {
    Path folder = StateView.isIn(named) ? named : named.resolve("torrents");
    if (!StateView.isIn(folder)) {
      throw new Problem(
          ExitCode.NOT_FOUND,
          "no torrents are kept in "
              + named
              + "; name the folder that was given to get, seed or the daemon by --state");
    }
    try (StateView view = StateView.open(folder)) {
      Listing listing = remote.isJson() ? Listing.json(console) : Listing.text(console);
      view.forEachRow(listing::add);
      listing.end();
    } catch (StateException e) {
      throw StateProblem.of(folder, e);
    }
  }
}
