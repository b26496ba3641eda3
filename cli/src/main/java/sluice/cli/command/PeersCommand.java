package sluice.cli.command;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.remote.DaemonCall;
import sluice.cli.remote.Fields;
import sluice.cli.remote.Torrents;

/** Shows the peers of a torrent of the daemon, and tells it of others. */
final class PeersCommand implements Command {
  private final Console console;
  private final PositionalParamSpec torrent =
      Syntax.word(String.class, "TORRENT", "The torrent by its hash or name.").build();
  private final OptionSpec add =
      Syntax.list(
              String.class, "--add", "HOST:PORT", "Tell it of this peer first; may be repeated.")
          .build();
  private final RemoteOptions remote =
      new RemoteOptions("Print one JSON object on one line for each peer.");

  PeersCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("peers", this).addPositional(torrent).addOption(add);
    remote
        .addTo(spec)
        .usageMessage()
        .header("Show the peers of a torrent of the daemon.")
        .description(
            "Shows who is connected: address, program, how much they have, what comes and goes."
                + " Flags: D and d we want something and get it or wait, U and u they do, S they"
                + " have sent nothing for a minute, I they came to us.");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    DaemonCall daemon = remote.daemon();
    String path = Torrents.path(new Torrents(daemon).one(torrent.<String>getValue())) + "/peers";
    List<String> others = add.getValue();
    if (!others.isEmpty()) {
      daemon.send("POST", path, Map.of("peers", others));
    }
    List<Fields> peers = daemon.get(path).objects("peers");
    if (remote.isJson()) {
      RemoteTable.json(console, peers);
      return ExitCode.OK.code();
    }
    RemoteTable table = RemoteTable.titled("DONE", "DOWN", "UP", "FLAGS", "CLIENT", "ADDRESS");
    for (Fields peer : peers) {
      table.row(
          RemoteTable.percent(peer.fraction("progress")),
          RemoteTable.rate(peer.number("downRate")),
          RemoteTable.rate(peer.number("upRate")),
          flags(peer),
          peer.text("client"),
          address(peer));
    }
    table.print(console);
    return ExitCode.OK.code();
  }

  private static String address(Fields peer) {
    String host = peer.text("address");
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + peer.number("port");
  }

  private static String flags(Fields peer) {
    String down = peer.flag("interesting") ? (peer.flag("chokingUs") ? "d" : "D") : "";
    String up = peer.flag("interestedInUs") ? (peer.flag("chokedByUs") ? "u" : "U") : "";
    String others = (peer.flag("snubbed") ? "S" : "") + (peer.flag("incoming") ? "I" : "");
    return down + up + others;
  }
}
