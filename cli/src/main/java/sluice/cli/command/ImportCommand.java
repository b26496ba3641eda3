package sluice.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.remote.Fields;
import sluice.cli.remote.Torrents;

/** Has the daemon take over the torrents of another program. */
final class ImportCommand implements Command {
  private final Console console;
  private final PositionalParamSpec folder =
      Syntax.word(Path.class, "FOLDER", "Where the other program keeps its torrents.")
          .converters(Converters::path)
          .build();
  private final RemoteOptions remote =
      new RemoteOptions("Print one JSON object on one line for each torrent.");

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("import", this).addPositional(folder);
    remote
        .addTo(spec)
        .usageMessage()
        .header("Take over the torrents of another program.")
        .description(
            "Takes over torrents of qBittorrent (its profile or BT_backup), Transmission (the"
                + " folder with resume and torrents), of programs that use libtorrent, or what"
                + " 'sluice backup' has written. Data are not checked again. End the other program"
                + " first; its files are only read.",
            "")
        .footerHeading("%nExamples:%n")
        .footer("  sluice import ~/.local/share/qBittorrent/BT_backup");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    String path = folder.<Path>getValue().toAbsolutePath().normalize().toString();
    List<Fields> torrents =
        remote
            .daemon()
            .send("POST", Torrents.ROOT + "/import", Map.of("folder", path))
            .objects("torrents");
    if (remote.isJson()) {
      RemoteTable.json(console, torrents);
    } else {
      RemoteTable table = RemoteTable.titled("ID", "FROM", "PROBLEM");
      for (Fields torrent : torrents) {
        table.row(RemoteTable.id(torrent), torrent.text("source"), torrent.text("problem"));
      }
      table.print(console);
    }
    boolean sound = torrents.stream().allMatch(torrent -> torrent.text("problem").isEmpty());
    return (sound ? ExitCode.OK : ExitCode.FAILED).code();
  }
}
