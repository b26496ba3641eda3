package sluice.cli.command;

import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.source.TorrentLoader;
import sluice.cli.text.Json;
import sluice.cli.wiring.ScrapeSession;
import sluice.engine.announce.TrackerUrl;
import sluice.protocol.announce.ScrapeEntry;
import sluice.protocol.announce.ScrapeReply;
import sluice.protocol.digest.Hash;
import sluice.protocol.magnet.Magnet;
import sluice.protocol.metainfo.Metainfo;

/** Asks trackers how many have a torrent, and tells them nothing. */
final class ScrapeCommand implements Command {
  private static final int MAX_TRACKERS = 100;

  private final Console console;

  private final PositionalParamSpec torrent =
      Syntax.word(String.class, "FILE|MAGNET", "A .torrent file, or a magnet link.").build();

  private final OptionSpec others =
      Syntax.list(
              String.class,
              "--tracker",
              "URL",
              "Ask this tracker instead of those of the torrent; may be given several times.")
          .build();

  private final OptionSpec bind = DhtOptions.bind("IP address of this machine to ask from.");
  private final PassageOptions passage = new PassageOptions();
  private final OptionSpec json =
      Syntax.flag("--json", "Print one JSON object on one line for each tracker.");

  /** What is asked for, and where. */
  private record Question(List<Hash> hashes, Set<String> trackers) {}

  ScrapeCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("scrape", this).addPositional(torrent);
    spec.addOption(others).addOption(bind).addOption(json);
    passage.addForQuestion(spec);
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .header("Ask trackers how many have a torrent.")
        .description(
            "Shows for each tracker how many have all of it, how many want it, and how often it"
                + " was completed. The trackers are not told of you.",
            "")
        .footerHeading("%nExamples:%n")
        .footer(
            "  sluice scrape debian.torrent", "  sluice scrape 'magnet:?xt=urn:btih:...' --json");
    return spec;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Question question = question();
    List<String> urls = question.trackers().stream().limit(MAX_TRACKERS).toList();
    if (urls.isEmpty()) {
      throw new Problem(ExitCode.USAGE, "the torrent names no tracker; name one by --tracker");
    }
    Map<String, ScrapeReply> replies;
    Optional<InetAddress> local = Optional.ofNullable(bind.getValue());
    try (ScrapeSession session = ScrapeSession.open(local, passage.ofQuestion())) {
      replies = session.ask(urls, question.hashes());
    }
    replies.forEach(json.<Boolean>getValue() ? this::object : this::line);
    boolean any = replies.values().stream().anyMatch(ScrapeReply.Counts.class::isInstance);
    return (any ? ExitCode.OK : ExitCode.FAILED).code();
  }

  private Question question() throws IOException, InterruptedException {
    String name = torrent.getValue();
    List<String> named = others.getValue();
    List<Hash> hashes;
    Set<String> trackers = new LinkedHashSet<>(named);
    if (TorrentLoader.isMagnet(name)) {
      Magnet magnet = TorrentLoader.magnet(name);
      hashes = magnet.hashes().wire();
      trackers.addAll(named.isEmpty() ? magnet.trackers() : List.of());
    } else {
      TorrentLoader loader =
          new TorrentLoader(
              (uri, most) -> {
                throw new Problem(ExitCode.USAGE, "scrape reads files; fetch it first: " + uri);
              },
              console.in());
      Metainfo file = loader.load(name).metainfo();
      hashes = file.info().hashes().wire();
      trackers.addAll(
          named.isEmpty() ? file.trackers().stream().flatMap(List::stream).toList() : List.of());
    }
    return new Question(hashes, trackers);
  }

  private void line(String url, ScrapeReply reply) {
    switch (reply) {
      case ScrapeReply.Counts(List<ScrapeEntry> entries) -> {
        if (entries.isEmpty()) {
          console.out().println(TrackerUrl.shown(url) + ": does not know it");
        }
        for (ScrapeEntry entry : entries) {
          console
              .out()
              .printf(
                  "%s: %d seeds, %d downloaders, completed %d times%s%n",
                  TrackerUrl.shown(url),
                  entry.seeds(),
                  entry.leeches(),
                  entry.completed(),
                  entries.size() == 1 ? "" : ", as " + entry.infoHash().hex());
        }
      }
      case ScrapeReply.Failure(String reason) ->
          console.err().println(TrackerUrl.shown(url) + ": " + reason);
      case ScrapeReply.Malformed(String detail) ->
          console.err().println(TrackerUrl.shown(url) + ": not a tracker's answer: " + detail);
    }
  }

  private void object(String url, ScrapeReply reply) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("tracker", TrackerUrl.shown(url));
    switch (reply) {
      case ScrapeReply.Counts(List<ScrapeEntry> entries) ->
          object.put("torrents", entries.stream().map(ScrapeCommand::entry).toList());
      case ScrapeReply.Failure(String reason) -> object.put("failure", reason);
      case ScrapeReply.Malformed(String detail) ->
          object.put("failure", "not a tracker's answer: " + detail);
    }
    console.out().println(Json.of(object));
  }

  private static Map<String, Object> entry(ScrapeEntry entry) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("info_hash", entry.infoHash().hex());
    object.put("seeds", entry.seeds());
    object.put("downloaders", entry.leeches());
    object.put("completed", entry.completed());
    return object;
  }
}
