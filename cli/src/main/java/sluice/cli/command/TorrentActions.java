package sluice.cli.command;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.remote.DaemonCall;
import sluice.cli.remote.Fields;
import sluice.cli.remote.Torrents;
import sluice.cli.text.Json;
import sluice.cli.text.Printable;

/** Torrents of the daemon that a command does something to, one after the other. */
final class TorrentActions {
  private final PositionalParamSpec words =
      Syntax.words("TORRENT", "Torrents by the beginning of their hash, or by their whole name.");
  private final OptionSpec all = Syntax.flag("--all", "All torrents of the daemon.");
  private final RemoteOptions remote =
      new RemoteOptions("Print one JSON object on one line for each torrent.");

  /** Does something to a torrent. */
  interface Action {
    void to(DaemonCall daemon, Fields torrent);
  }

  CommandSpec addTo(CommandSpec spec) {
    return remote.addTo(spec.addPositional(words).addOption(all));
  }

  /** Whether torrents were named. */
  boolean isAnyNamed() {
    return all.<Boolean>getValue() || !words.<List<String>>getValue().isEmpty();
  }

  RemoteOptions remote() {
    return remote;
  }

  /** The torrents that are meant. */
  List<Fields> torrents(DaemonCall daemon) {
    Torrents torrents = new Torrents(daemon);
    if (!isAnyNamed()) {
      throw new Problem(ExitCode.USAGE, "name torrents, or --all");
    }
    return all.<Boolean>getValue() ? torrents.all(Map.of()) : torrents.find(words.getValue());
  }

  /** Does {@code action} to all of them and says of each that it is {@code done}. */
  int run(Console console, String done, Action action) throws Exception {
    DaemonCall daemon = remote.daemon();
    for (Fields torrent : torrents(daemon)) {
      action.to(daemon, torrent);
      tell(console, done, torrent);
    }
    return ExitCode.OK.code();
  }

  private void tell(Console console, String done, Fields torrent) {
    if (remote.isJson()) {
      console
          .out()
          .println(
              Json.of(
                  Map.of("event", done, "id", torrent.text("id"), "name", torrent.text("name"))));
    } else {
      console
          .out()
          .println(
              done + " " + RemoteTable.id(torrent) + " " + Printable.clean(torrent.text("name")));
    }
  }
}
