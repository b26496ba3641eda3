package sluice.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.Version;
import sluice.cli.progress.Percent;
import sluice.cli.text.Format;
import sluice.cli.text.Printable;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.metainfo.PieceLayout;
import sluice.storage.hashing.SourceException;
import sluice.storage.hashing.TorrentMaker;

/** Makes a torrent file. */
@Command(
    name = "create",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = SluiceCommand.Versions.class,
    header = "Make a torrent file of a file or a folder.",
    description = {
      "Hashes the data and writes the torrent file. Then 'sluice seed' gives the data to others.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice create movie.mkv --tracker http://tracker.example.org/announce",
      "  sluice create photos/ --hybrid --piece-size 1M -o summer.torrent",
      "",
      "Give --tracker several times to name more; the first is tried first."
    })
final class CreateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "PATH", description = "The file or folder to share.")
  private Path source = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "The torrent file to write, which is replaced if it exists, or - for standard output"
              + " (default: the name of PATH and .torrent, in the current folder).")
  private @Nullable String output;

  @ArgGroup private final Kind kind = new Kind();

  @Option(
      names = "--piece-size",
      paramLabel = "SIZE",
      converter = Converters.Size.class,
      description = "Bytes of a piece: a power of two from 16K (default: by the size of the data).")
  private @Nullable Long pieceSize;

  @Option(
      names = "--tracker",
      paramLabel = "URL",
      description = "Where peers find each other; may be given several times.")
  private List<String> trackers = List.of();

  @Option(
      names = "--web-seed",
      paramLabel = "URL",
      description = "A web server that has the data too; may be given several times.")
  private List<String> webSeeds = List.of();

  @Option(names = "--private", description = "Peers may be found by the trackers only.")
  private boolean isPrivate;

  @Option(names = "--comment", paramLabel = "TEXT", description = "A text for people.")
  private @Nullable String comment;

  CreateCommand(Console console) {
    this.console = console;
  }

  /** The version of the format; at most one is given. */
  static final class Kind {
    @Option(names = "--v1", required = true, description = "For all clients (the default).")
    private boolean v1;

    @Option(names = "--v2", required = true, description = "For clients of BitTorrent v2 only.")
    private boolean v2;

    @Option(names = "--hybrid", required = true, description = "For clients of either version.")
    private boolean hybrid;

    MetainfoBuilder.Version version() {
      if (v2) {
        return MetainfoBuilder.Version.V2;
      }
      return hybrid && !v1 ? MetainfoBuilder.Version.HYBRID : MetainfoBuilder.Version.V1;
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path target = target();
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
    if (isStandardOutput()) {
      console.out().write(made.bytes());
      console.out().flush();
    } else {
      write(target, made.bytes());
      console.out().println(Printable.clean(target + ": " + summary(made.metainfo().info())));
    }
    return ExitCode.OK.code();
  }

  private boolean isStandardOutput() {
    return "-".equals(output);
  }

  private Path target() {
    if (output != null) {
      return Path.of(output);
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
    builder.version(kind.version()).isPrivate(isPrivate).createdBy("Sluice/" + Version.number());
    builder.created(now(System.getenv()));
    builder.trackers(trackers.stream().map(List::of).toList()).webSeeds(webSeeds);
    if (comment != null) {
      builder.comment(comment);
    }
    if (pieceSize != null) {
      if (pieceSize > PieceLayout.MAX_PIECE_LENGTH) {
        throw new IllegalArgumentException(
            "a piece has at most " + Format.bytes(PieceLayout.MAX_PIECE_LENGTH));
      }
      builder.pieceLength(pieceSize.intValue());
    }
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
