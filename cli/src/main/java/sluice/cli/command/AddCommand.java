package sluice.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
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
import sluice.cli.text.Printable;

/** Gives torrents to the daemon. */
final class AddCommand implements Command {
  private static final int MAX_FILE_BYTES = 10 << 20;

  private final Console console;
  private final PositionalParamSpec torrents =
      Syntax.words("TORRENT", "Torrent files, magnet links or web addresses.");
  private final OptionSpec folder =
      Syntax.folder("Put the data here; a folder that the daemon's configuration names.").build();
  private final OptionSpec category =
      Syntax.option(String.class, "--category", "NAME", "Give them this category.").build();
  private final OptionSpec tags =
      Syntax.list(String.class, "--tag", "NAME", "Give them this tag; may be repeated.").build();
  private final OptionSpec stopped = Syntax.flag("--stopped", "Do not start them.");
  private final RemoteOptions remote =
      new RemoteOptions("Print one JSON object on one line for each torrent.");

  AddCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Syntax.command("add", this)
            .addPositional(torrents)
            .addOption(folder)
            .addOption(category)
            .addOption(tags)
            .addOption(stopped);
    remote
        .addTo(spec)
        .usageMessage()
        .header("Give torrents to the daemon.")
        .description(
            "Gives torrents to the daemon that runs and prints what it calls them. One that it has"
                + " already stays as it is.",
            "")
        .footerHeading("%nExamples:%n")
        .footer(
            "  sluice add debian.torrent --category iso",
            "  sluice add 'magnet:?xt=urn:btih:...' --dir /srv/films");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    List<String> words = torrents.getValue();
    if (words.isEmpty()) {
      throw new Problem(ExitCode.USAGE, "name a torrent file, a magnet link or a web address");
    }
    DaemonCall daemon = remote.daemon();
    for (String word : words) {
      Fields answer = daemon.send("POST", Torrents.ROOT + "/torrents", wish(word));
      for (Fields torrent : answer.objects("torrents")) {
        if (remote.isJson()) {
          RemoteTable.json(console, List.of(torrent));
        } else {
          console
              .out()
              .println(
                  (torrent.flag("duplicate") ? "known " : "added ")
                      + torrent.text("id")
                      + " "
                      + Printable.clean(torrent.text("name")));
        }
      }
    }
    return ExitCode.OK.code();
  }

  private Map<String, Object> wish(String word) throws IOException {
    Map<String, Object> wish = new LinkedHashMap<>();
    if (word.matches("(?i)(magnet:|https?://).*")) {
      wish.put("link", word);
    } else {
      Path file = Path.of(word);
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new Problem(ExitCode.INVALID, word + ": larger than a torrent file may be");
      }
      wish.put("file", Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
    }
    DaemonSyntax.path(folder)
        .ifPresent(path -> wish.put("folder", path.toAbsolutePath().normalize().toString()));
    if (category.getValue() != null) {
      wish.put("category", category.<String>getValue());
    }
    wish.put("tags", tags.<List<String>>getValue());
    if (stopped.<Boolean>getValue()) {
      wish.put("stopped", true);
    }
    return wish;
  }
}
