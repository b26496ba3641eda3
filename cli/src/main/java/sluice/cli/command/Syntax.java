package sluice.cli.command;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Version;

/**
 * What commands have in common. They are described to picocli by calls and not by annotations,
 * whose reading would take longer than all else until the first packet.
 */
final class Syntax {
  private Syntax() {}

  /** A command that does {@code action}, with no options yet. */
  static CommandSpec command(String name, Command action) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(action).name(name);
    spec.versionProvider(() -> new String[] {Version.line()});
    spec.usageMessage().sortOptions(false);
    return spec;
  }

  /** Adds the options that every command has; help shows options in the order of adding. */
  static CommandSpec addStandardOptions(CommandSpec spec) {
    return spec.addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
  }

  /** An option that is true when it is given. */
  static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name)
        .type(boolean.class)
        .initialValue(false)
        .description(description)
        .build();
  }

  /** An option with a value, to be used once. */
  static OptionSpec.Builder option(Class<?> type, String name, String label, String description) {
    return OptionSpec.builder(name).type(type).paramLabel(label).description(description);
  }

  /** An option with a value, to be used any number of times; its value is a list. */
  static OptionSpec.Builder list(Class<?> type, String name, String label, String description) {
    return option(List.class, name, label, description)
        .auxiliaryTypes(type)
        .initialValue(List.of());
  }

  /** The folder that holds the data. */
  static OptionSpec.Builder folder(String description) {
    return option(Path.class, "--dir", "DIR", description).converters(Converters::path);
  }

  /** The folder that holds the state. */
  static OptionSpec.Builder state(String description) {
    return option(Path.class, "--state", "DIR", description).converters(Converters::path);
  }

  /** The one word that a command works on. */
  static PositionalParamSpec.Builder word(Class<?> type, String label, String description) {
    return PositionalParamSpec.builder()
        .type(type)
        .required(true)
        .paramLabel(label)
        .description(description);
  }

  /** Any number of words that a command works on; the value is a list. */
  static PositionalParamSpec words(String label, String description) {
    return word(List.class, label, description)
        .auxiliaryTypes(String.class)
        .required(false)
        .arity("0..*")
        .initialValue(List.of())
        .build();
  }
}
