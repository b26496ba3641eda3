package sluice.cli.command;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import sluice.cli.choice.FileChoice;
import sluice.cli.choice.Picking;

/** The options of get that say what of a torrent is wanted and in which order. */
final class PickingOptions {
  private final OptionSpec select =
      Syntax.list(
              String.class,
              "--select",
              "FILES",
              "Get these files only: numbers as 'sluice info' shows them, ranges and patterns, such"
                  + " as 1,3-5 or '*.mkv' or 'extras/' or '!*.txt' for all others; may be given"
                  + " several times.")
          .converters(Converters::files)
          .build();

  private final OptionSpec sequential =
      Syntax.flag("--sequential", "Get pieces from first to last instead of the rarest first.");

  private final OptionSpec firstLast =
      Syntax.flag("--first-last", "Get the first and the last piece of each file before others.");

  /** Makes them options of {@code command}. */
  void addTo(CommandSpec command) {
    command.addOption(select).addOption(sequential).addOption(firstLast);
  }

  /** What they say about the torrents called {@code names}; refuses what can be meant for none. */
  Picking picking(List<String> names, CommandSpec command) {
    FileChoice files = FileChoice.parse(select.getValue());
    Picking picking =
        new Picking(files, sequential.<Boolean>getValue(), firstLast.<Boolean>getValue());
    if (files.hasNumbers() && names.size() > 1) {
      throw new ParameterException(
          command.commandLine(),
          "--select chooses by number, which is different for each torrent; choose by a pattern"
              + " such as '*.mkv', or run sluice get once for each torrent");
    }
    if (names.isEmpty() && !picking.isNone()) {
      throw new ParameterException(
          command.commandLine(),
          "--select, --sequential and --first-last are for torrents that are named; name one");
    }
    return picking;
  }
}
