package sluice.cli.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.remote.DaemonCall;
import sluice.cli.remote.Fields;
import sluice.cli.remote.Torrents;
import sluice.cli.text.Json;

/** Shows and changes limits of the daemon as a whole, or of some of its torrents. */
final class LimitsCommand implements Command {
  private static final String SETTINGS = Torrents.ROOT + "/settings";

  private final Console console;
  private final TorrentActions torrents = new TorrentActions();
  private final OptionSpec down = rate("--down", "received");
  private final OptionSpec up = rate("--up", "sent");
  private final OptionSpec ratio =
      Syntax.option(Double.class, "--ratio", "R", "Seed until R times the size has been sent.")
          .converters(Converters::ratio)
          .build();
  private final OptionSpec seedTime = time("--seed-time", "Seed for this time.");
  private final OptionSpec idleTime =
      time("--idle-time", "Seed until nobody has taken anything for this time.");
  private final OptionSpec peers =
      Syntax.option(Integer.class, "--peers", "N", "Connect to at most N peers of a torrent.")
          .converters(Converters::peerCount)
          .build();

  LimitsCommand(Console console) {
    this.console = console;
  }

  private static OptionSpec rate(String name, String what) {
    return Syntax.option(
            Long.class, name, "RATE", "Most that is " + what + " in a second; 0 for no limit.")
        .converters(Converters::rate)
        .build();
  }

  private static OptionSpec time(String name, String description) {
    return Syntax.option(Duration.class, name, "T", description)
        .converters(Converters::time)
        .build();
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("limits", this);
    List.of(down, up, ratio, seedTime, idleTime, peers).forEach(spec::addOption);
    torrents
        .addTo(spec)
        .usageMessage()
        .header("Show or change limits of the daemon or of torrents.")
        .description(
            "Without torrents, the limits of everything; with torrents, theirs. Without limits,"
                + " shows what holds.",
            "")
        .footerHeading("%nExamples:%n")
        .footer("  sluice limits --up 2M", "  sluice limits 5c1d30 --down 500K --ratio 2");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    if (!torrents.isAnyNamed()) {
      DaemonCall daemon = torrents.remote().daemon();
      Map<String, Object> changed = settings();
      if (!changed.isEmpty()) {
        daemon.send("PATCH", SETTINGS, changed);
      }
      show(daemon.get(SETTINGS));
      return ExitCode.OK.code();
    }
    Map<String, Object> changed = ofTorrent();
    if (changed.isEmpty()) {
      showTorrents();
      return ExitCode.OK.code();
    }
    return torrents.run(
        console,
        "limited",
        (daemon, torrent) -> daemon.send("PATCH", Torrents.path(torrent), changed));
  }

  private Map<String, Object> settings() {
    Map<String, Object> changed = new LinkedHashMap<>();
    limit(changed, "down-limit", down);
    limit(changed, "up-limit", up);
    if (ratio.getValue() != null) {
      changed.put("ratio-limited", true);
      changed.put("ratio-permille", Math.round(ratio.<Double>getValue() * 1_000));
    }
    minutes(changed, "seed-minutes", seedTime);
    minutes(changed, "idle-minutes", idleTime);
    if (peers.getValue() != null) {
      changed.put("peers-of-torrent", peers.<Integer>getValue());
    }
    return changed;
  }

  private static void limit(Map<String, Object> changed, String name, OptionSpec option) {
    if (option.getValue() != null) {
      long rate = option.<Long>getValue();
      changed.put(name + "ed", rate > 0);
      if (rate > 0) {
        changed.put(name, rate);
      }
    }
  }

  private static void minutes(Map<String, Object> changed, String name, OptionSpec option) {
    if (option.getValue() != null) {
      changed.put(name + "-limited", true);
      changed.put(name, option.<Duration>getValue().toMinutes());
    }
  }

  private Map<String, Object> ofTorrent() {
    Map<String, Object> changed = new LinkedHashMap<>();
    if (down.getValue() != null) {
      changed.put("downLimit", down.<Long>getValue());
    }
    if (up.getValue() != null) {
      changed.put("upLimit", up.<Long>getValue());
    }
    if (peers.getValue() != null) {
      changed.put("maxPeers", peers.<Integer>getValue());
    }
    Map<String, Object> share = new LinkedHashMap<>();
    if (ratio.getValue() != null) {
      share.put("ratio", ratio.<Double>getValue());
    }
    if (seedTime.getValue() != null) {
      share.put("seedMinutes", seedTime.<Duration>getValue().toMinutes());
    }
    if (idleTime.getValue() != null) {
      share.put("idleMinutes", idleTime.<Duration>getValue().toMinutes());
    }
    if (!share.isEmpty()) {
      changed.put("share", share);
    }
    return changed;
  }

  private void show(Fields settings) {
    if (torrents.remote().isJson()) {
      console.out().println(Json.of(settings.members()));
      return;
    }
    RemoteTable table = RemoteTable.titled("LIMIT", "VALUE");
    table.row("down", settings.flag("down-limited") ? rate(settings, "down-limit") : "none");
    table.row("up", settings.flag("up-limited") ? rate(settings, "up-limit") : "none");
    table.row(
        "ratio",
        settings.flag("ratio-limited")
            ? Double.toString(settings.number("ratio-permille") / 1e3)
            : "none");
    table.row("seed-time", minutes(settings, "seed-minutes"));
    table.row("idle-time", minutes(settings, "idle-minutes"));
    table.row("peers of a torrent", Long.toString(settings.number("peers-of-torrent")));
    table.print(console);
  }

  private static String rate(Fields fields, String name) {
    return fields.number(name) == 0 ? "none" : RemoteTable.rate(fields.number(name));
  }

  private static String minutes(Fields settings, String name) {
    return settings.flag(name + "-limited") ? settings.number(name) + " min" : "none";
  }

  private void showTorrents() throws Exception {
    List<Fields> named = torrents.torrents(torrents.remote().daemon());
    if (torrents.remote().isJson()) {
      RemoteTable.json(console, named);
      return;
    }
    RemoteTable table = RemoteTable.titled("ID", "DOWN", "UP", "NAME");
    for (Fields torrent : named) {
      table.row(
          RemoteTable.id(torrent),
          rate(torrent, "downLimit"),
          rate(torrent, "upLimit"),
          torrent.text("name"));
    }
    table.print(console);
  }
}
