package sluice.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** The options that the commands of the daemon share. */
final class DaemonSyntax {
  private DaemonSyntax() {}

  static OptionSpec config() {
    return Syntax.option(
            Path.class,
            "--config",
            "FILE",
            "Read settings from this TOML file instead of $XDG_CONFIG_HOME/sluice/config.toml.")
        .converters(Converters::path)
        .build();
  }

  static OptionSpec state() {
    return Syntax.state("Keep torrents, keys and settings here instead of $XDG_STATE_HOME/sluice.")
        .build();
  }

  static Optional<Path> path(OptionSpec option) {
    return Optional.ofNullable(option.<Path>getValue());
  }
}
