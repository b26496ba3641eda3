package sluice.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.text.Format;
import sluice.protocol.metainfo.MetainfoBuilder;
import sluice.protocol.metainfo.PieceLayout;

/** What create is asked to make. */
final class CreateOptions {
  private final PositionalParamSpec source =
      Syntax.word(Path.class, "PATH", "The file or folder to share.")
          .converters(Converters::path)
          .build();

  private final OptionSpec output =
      Syntax.option(
              String.class,
              "--output",
              "FILE",
              "The torrent file to write, which is replaced if it exists, or - for standard output"
                  + " (default: the name of PATH and .torrent, in the current folder).")
          .names("-o", "--output")
          .build();

  private final OptionSpec v1 = Syntax.flag("--v1", "For all clients (the default).");
  private final OptionSpec v2 = Syntax.flag("--v2", "For clients of BitTorrent v2 only.");
  private final OptionSpec hybrid = Syntax.flag("--hybrid", "For clients of either version.");

  private final OptionSpec pieceSize =
      Syntax.option(
              Long.class,
              "--piece-size",
              "SIZE",
              "Bytes of a piece: a power of two from 16K (default: by the size of the data).")
          .converters(Converters::size)
          .build();

  private final OptionSpec trackers =
      Syntax.list(
              String.class,
              "--tracker",
              "URL",
              "Where peers find each other; may be given several times.")
          .build();

  private final OptionSpec webSeeds =
      Syntax.list(
              String.class,
              "--web-seed",
              "URL",
              "A web server that has the data too; may be given several times.")
          .build();

  private final OptionSpec isPrivate =
      Syntax.flag("--private", "Peers may be found by the trackers only.");

  private final OptionSpec comment =
      Syntax.option(String.class, "--comment", "TEXT", "A text for people.").build();

  /** Makes them options of {@code command}. */
  void addTo(CommandSpec command) {
    command.addPositional(source).addOption(output);
    command.addArgGroup(ArgGroupSpec.builder().addArg(v1).addArg(v2).addArg(hybrid).build());
    for (OptionSpec option : List.of(pieceSize, trackers, webSeeds, isPrivate, comment)) {
      command.addOption(option);
    }
  }

  Path source() {
    return source.getValue();
  }

  /** The torrent file to write, or {@code -}. */
  Optional<String> output() {
    return Optional.ofNullable(output.getValue());
  }

  /** Tells {@code builder} all that concerns the torrent. */
  void configure(MetainfoBuilder builder) {
    List<String> urls = trackers.getValue();
    builder.version(version()).isPrivate(isPrivate.getValue());
    builder.trackers(urls.stream().map(List::of).toList()).webSeeds(webSeeds.getValue());
    Optional.<String>ofNullable(comment.getValue()).ifPresent(builder::comment);
    Optional.<Long>ofNullable(pieceSize.getValue()).ifPresent(size -> setSize(builder, size));
  }

  private static void setSize(MetainfoBuilder builder, long size) {
    if (size > PieceLayout.MAX_PIECE_LENGTH) {
      throw new IllegalArgumentException(
          "a piece has at most " + Format.bytes(PieceLayout.MAX_PIECE_LENGTH));
    }
    builder.pieceLength((int) size);
  }

  private MetainfoBuilder.Version version() {
    if (isGiven(v2)) {
      return MetainfoBuilder.Version.V2;
    }
    return isGiven(hybrid) ? MetainfoBuilder.Version.HYBRID : MetainfoBuilder.Version.V1;
  }

  /** For options of a group: unlike others, they have no value before they are given. */
  private static boolean isGiven(OptionSpec option) {
    return Boolean.TRUE.equals(option.getValue());
  }
}
