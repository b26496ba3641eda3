package sluice.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import sluice.cli.wiring.Following;
import sluice.protocol.magnet.UpdateMagnet;

/** The option that follows a link that can be changed (BEP 46). */
final class Watching {
  private final OptionSpec watch =
      Syntax.option(
              Duration.class,
              "--watch",
              "T",
              "Of a link that can be changed (magnet:?xs=urn:btpk:...): look each T (such as 30m)"
                  + " for a newer torrent, fetch what is different in it, and go on seeding. With"
                  + " --state, later runs go on with it.")
          .converters(Converters::time)
          .build();

  /** Makes it an option of {@code command}. */
  void addTo(CommandSpec command) {
    command.addOption(watch);
  }

  /** Whether it is wanted. */
  boolean isWanted() {
    return watch.getValue() != null;
  }

  /** What is followed, if that is wanted; there must be one link then, and nothing else. */
  Optional<Following> following(CommandSpec command, List<String> names) {
    return Optional.ofNullable(watch.<Duration>getValue())
        .map(every -> new Following(link(command, names), every));
  }

  private static UpdateMagnet link(CommandSpec command, List<String> names) {
    Optional<UpdateMagnet> link =
        names.size() == 1 ? UpdateMagnet.parse(names.getFirst()) : Optional.empty();
    return link.orElseThrow(() ->
        new ParameterException(
            command.commandLine(), "--watch needs one link of the form magnet:?xs=urn:btpk:KEY"));
  }
}
