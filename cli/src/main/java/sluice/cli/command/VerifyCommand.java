package sluice.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.BitSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.progress.Percent;
import sluice.cli.source.TorrentLoader;
import sluice.cli.text.Printable;
import sluice.cli.wiring.DataCheck;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.Metainfo;

/** Checks data on disk against a torrent file. */
final class VerifyCommand implements Command {
  private final Console console;

  private final PositionalParamSpec torrent =
      Syntax.word(String.class, "FILE", "A .torrent file, or - for standard input.").build();

  private final OptionSpec dir =
      Syntax.folder("The folder that holds the torrent's file or folder.").required(true).build();

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("verify", this).addPositional(torrent).addOption(dir);
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .header("Check data on disk against a torrent file.")
        .description(
            "Reads the data and compares them with the hashes of the torrent file. Changes"
                + " nothing. Ends with 0 if all is right, and with 6 if not.",
            "")
        .footerHeading("%nExample:%n")
        .footer("  sluice verify debian.torrent --dir ~/Downloads");
    return spec;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    TorrentLoader loader = new TorrentLoader(VerifyCommand::refuse, console.in());
    Metainfo metainfo = loader.load(torrent.getValue()).metainfo();
    Path folder = dir.<Path>getValue().toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      throw new Problem(ExitCode.NOT_FOUND, folder + ": no such folder; check --dir");
    }
    int pieces = metainfo.info().layout().pieceCount();
    BitSet good;
    try (Percent percent = new Percent(console, "checking")) {
      good = DataCheck.run(metainfo, folder, seen -> percent.show(seen, pieces));
    }
    return report(metainfo.info(), folder, good);
  }

  private int report(Info info, Path folder, BitSet good) {
    int pieces = info.layout().pieceCount();
    int wrongFiles = 0;
    for (FileEntry file : info.files()) {
      if (!file.isPad()) {
        String verdict = verdict(info, file, folder, good);
        if (!verdict.isEmpty()) {
          wrongFiles++;
          console.out().println(Printable.clean(String.join("/", file.path()) + ": " + verdict));
        }
      }
    }
    String name = Printable.clean(info.name());
    if (wrongFiles == 0 && good.cardinality() == pieces) {
      console.out().println(name + ": all right, " + pieces + " pieces");
      return ExitCode.OK.code();
    }
    throw new Problem(
        ExitCode.INVALID,
        info.name()
            + ": "
            + (pieces - good.cardinality())
            + " of "
            + pieces
            + " pieces are missing or wrong; to fetch them: sluice get "
            + torrent.getValue()
            + " --dir "
            + dir.getValue());
  }

  /** What is wrong with a file; empty if nothing is. */
  private static String verdict(Info info, FileEntry file, Path folder, BitSet good) {
    Path path = folder;
    for (String element : file.path()) {
      path = path.resolve(element);
    }
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return "missing";
    }
    if (!file.hasData()) {
      return "";
    }
    int first = info.layout().firstPiece(file);
    int last = info.layout().lastPiece(file);
    int right = good.get(first, last + 1).cardinality();
    int all = last - first + 1;
    return right == all ? "" : (all - right) + " of " + all + " pieces wrong";
  }

  private static byte[] refuse(java.net.URI uri, int maxBytes) {
    throw new Problem(
        ExitCode.USAGE, "verify reads files; fetch the torrent first, for example: curl -O " + uri);
  }
}
