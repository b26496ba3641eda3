package sluice.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.Version;
import sluice.cli.progress.Percent;
import sluice.cli.text.Format;
import sluice.cli.text.Printable;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.storage.hashing.SourceException;
import sluice.storage.hashing.TorrentMaker;

/** Makes a torrent file. */
final class CreateCommand implements Command {
  private final Console console;
  private final CreateOptions options = new CreateOptions();

  CreateCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("create", this);
    options.addTo(spec);
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .header("Make a torrent file of a file or a folder.")
        .description(
            "Hashes the data and writes the torrent file. Then 'sluice seed' gives the data to"
                + " others.",
            "")
        .footerHeading("%nExamples:%n")
        .footer(
            "  sluice create movie.mkv --tracker http://tracker.example.org/announce",
            "  sluice create photos/ --hybrid --piece-size 1M -o summer.torrent",
            "",
            "Give --tracker several times to name more; the first is tried first.");
    return spec;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path source = options.source();
    Path target = target(source);
    TorrentMaker.Made made;
    try (Percent percent = new Percent(console, "hashing")) {
      made = TorrentMaker.make(source, this::configure, percent::show);
    } catch (SourceException e) {
      ExitCode exit = Files.exists(source) ? ExitCode.FAILED : ExitCode.NOT_FOUND;
      throw new Problem(exit, String.valueOf(e.getMessage()));
    }
    for (String warning : made.warnings()) {
      console.err().println("sluice: " + Printable.clean(warning));
    }
    if (options.output().equals(Optional.of("-"))) {
      console.out().write(made.bytes());
      console.out().flush();
    } else {
      write(target, made.bytes());
      console.out().println(Printable.clean(target + ": " + summary(made.metainfo().info())));
    }
    return ExitCode.OK.code();
  }

  private Path target(Path source) {
    if (options.output().isPresent()) {
      return Path.of(options.output().get());
    }
    Path name = source.toAbsolutePath().normalize().getFileName();
    if (name == null) {
      throw new Problem(ExitCode.USAGE, source + " has no name; name the torrent file by -o");
    }
    Path target = Path.of(name + ".torrent");
    if (Files.exists(target)) {
      throw new Problem(
          ExitCode.FAILED, target + " exists already; remove it, or name another by -o");
    }
    return target;
  }

  private void configure(MetainfoBuilder builder) {
    builder.createdBy("Sluice/" + Version.number()).created(now(System.getenv()));
    options.configure(builder);
  }

  /** The time, or the one that builders of reproducible packages give. */
  static Instant now(Map<String, String> environment) {
    String epoch = environment.getOrDefault("SOURCE_DATE_EPOCH", "");
    return epoch.matches("\\d{1,11}")
        ? Instant.ofEpochSecond(Long.parseLong(epoch))
        : Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Writes beside the target first, so that nobody sees half a file. */
  private static void write(Path target, byte[] bytes) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.write(part, bytes);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static String summary(Info info) {
    return Format.bytes(info.layout().dataLength())
        + ", "
        + info.layout().pieceCount()
        + " pieces of "
        + Format.bytes(info.layout().pieceLength())
        + ", info-hash "
        + info.hashes().best();
  }
}
