package sluice.cli.command;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.remote.DaemonCall;
import sluice.cli.remote.Fields;
import sluice.cli.remote.Torrents;
import sluice.cli.text.Printable;

/** Tells what changes in the daemon, as it changes. */
final class WatchCommand implements Command {
  private static final String DATA = "data: ";

  private final Console console;
  private final PositionalParamSpec words =
      Syntax.words("TORRENT", "Only these torrents, by their hashes or names.");
  private final OptionSpec complete =
      Syntax.flag("--complete", "End when all of them are complete; else with Ctrl-C.");
  private final RemoteOptions remote =
      new RemoteOptions("Print the daemon's events as they are, one JSON object on each line.");
  private final Map<String, Seen> torrents = new LinkedHashMap<>();
  private final Set<String> wanted = new HashSet<>();
  private boolean all;

  /** What is known of a torrent, and what was said of it last. */
  private record Seen(Map<String, Object> members, String told) {}

  WatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("watch", this).addPositional(words).addOption(complete);
    remote
        .addTo(spec)
        .usageMessage()
        .header("Tell what changes in the daemon.")
        .description(
            "Prints a line whenever a torrent does something else, or has another per cent.", "")
        .footerHeading("%nExamples:%n")
        .footer("  sluice watch", "  sluice watch debian.iso --complete && play debian.iso");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    DaemonCall daemon = remote.daemon();
    new Torrents(daemon)
        .find(words.<List<String>>getValue())
        .forEach(torrent -> wanted.add(torrent.text("id")));
    all = wanted.isEmpty();
    daemon.follow(Torrents.ROOT + "/events", line -> line.startsWith(DATA) && take(line));
    return ExitCode.OK.code();
  }

  /** Whether this was the last event that is wanted. */
  private boolean take(String line) {
    Fields event = Fields.read(line.substring(DATA.length()));
    if (remote.isJson()) {
      console.out().println(line.substring(DATA.length()));
    }
    for (Fields torrent : event.objects("torrents")) {
      torrents.merge(
          torrent.text("id"),
          new Seen(torrent.members(), ""),
          (before, now) -> new Seen(now.members(), before.told()));
    }
    for (Fields figures : event.objects("figures")) {
      torrents.computeIfPresent(
          figures.text("id"),
          (id, before) -> {
            Map<String, Object> both = new LinkedHashMap<>(before.members());
            both.putAll(figures.members());
            return new Seen(both, before.told());
          });
    }
    event.texts("removed").forEach(this::remove);
    torrents.replaceAll(this::tell);
    console.out().flush();
    return !event.flag("more") && complete.<Boolean>getValue() && areComplete();
  }

  private boolean isWanted(String id) {
    return all || wanted.contains(id);
  }

  private void remove(String id) {
    Seen seen = torrents.remove(id);
    if (seen != null && isWanted(id) && !remote.isJson()) {
      Fields torrent = new Fields(seen.members());
      console
          .out()
          .println(RemoteTable.id(torrent) + "  removed  " + Printable.clean(torrent.text("name")));
    }
    wanted.remove(id);
  }

  private boolean areComplete() {
    return torrents.entrySet().stream()
        .filter(entry -> isWanted(entry.getKey()))
        .allMatch(entry -> entry.getValue().members().get("complete") instanceof Boolean b && b);
  }

  private Seen tell(String id, Seen seen) {
    Fields torrent = new Fields(seen.members());
    String percent = RemoteTable.percent(torrent.fraction("progress"));
    String told = torrent.text("state") + " " + percent;
    if (!isWanted(id) || remote.isJson() || told.equals(seen.told())) {
      return seen;
    }
    console
        .out()
        .printf(
            "%s  %4s  %-11s  %s down, %s up, %d peers  %s%n",
            RemoteTable.id(torrent),
            percent,
            torrent.text("state"),
            RemoteTable.rate(torrent.number("downRate")),
            RemoteTable.rate(torrent.number("upRate")),
            torrent.number("peers"),
            Printable.clean(torrent.text("name")));
    return new Seen(seen.members(), told);
  }
}
