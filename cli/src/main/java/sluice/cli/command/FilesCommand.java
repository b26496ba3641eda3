package sluice.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.choice.FileNumbers;
import sluice.cli.remote.DaemonCall;
import sluice.cli.remote.Fields;
import sluice.cli.remote.Torrents;
import sluice.cli.text.Format;

/** Shows the files of a torrent of the daemon, and changes which of them are wanted. */
final class FilesCommand implements Command {
  private static final List<String> PRIORITIES = List.of("skip", "low", "normal", "high", "first");

  private final Console console;
  private final PositionalParamSpec torrent =
      Syntax.word(String.class, "TORRENT", "The torrent by its hash or name.").build();
  private final Map<String, OptionSpec> priorities = new LinkedHashMap<>();
  private final RemoteOptions remote =
      new RemoteOptions("Print one JSON object on one line for each file.");

  FilesCommand(Console console) {
    this.console = console;
    for (String priority : PRIORITIES) {
      String wish =
          priority.equals("skip")
              ? "Do not fetch these files."
              : "Fetch these files with the priority '" + priority + "'.";
      priorities.put(priority, Syntax.list(String.class, "--" + priority, "FILES", wish).build());
    }
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("files", this).addPositional(torrent);
    priorities.values().forEach(spec::addOption);
    remote
        .addTo(spec)
        .usageMessage()
        .header("Show the files of a torrent of the daemon, and choose among them.")
        .description(
            "Shows the files of a torrent with their numbers. FILES are numbers and ranges with"
                + " commas between them, such as 1,4-6,9-, or 'all'.",
            "")
        .footerHeading("%nExamples:%n")
        .footer("  sluice files 5c1d30 --skip all --high 3");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    DaemonCall daemon = remote.daemon();
    String path = Torrents.path(new Torrents(daemon).one(torrent.<String>getValue())) + "/files";
    List<Fields> files = daemon.get(path).objects("files");
    Map<String, Object> changed = changed(files);
    if (!changed.isEmpty()) {
      daemon.send("PATCH", path, changed);
      files = daemon.get(path).objects("files");
    }
    if (remote.isJson()) {
      RemoteTable.json(console, files);
      return ExitCode.OK.code();
    }
    RemoteTable table = RemoteTable.titled("NO", "DONE", "SIZE", "PRIORITY", "FILE");
    for (int i = 0; i < files.size(); i++) {
      Fields file = files.get(i);
      table.row(
          Integer.toString(i + 1),
          Format.percent(file.number("have"), file.number("size")) + "%",
          Format.bytes(file.number("size")),
          file.text("priority"),
          file.text("path"));
    }
    table.print(console);
    return ExitCode.OK.code();
  }

  /** What is said of each file; of several priorities the highest counts. */
  private Map<String, Object> changed(List<Fields> files) {
    Map<String, Object> changed = new LinkedHashMap<>();
    priorities.forEach((priority, option) -> {
      for (String text : option.<List<String>>getValue()) {
        try {
          for (int number : FileNumbers.parse(text, files.size())) {
            changed.put(Long.toString(files.get(number - 1).number("index")), priority);
          }
        } catch (IllegalArgumentException e) {
          throw new Problem(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
      }
    });
    return changed;
  }
}
