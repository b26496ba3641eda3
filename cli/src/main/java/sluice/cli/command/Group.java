package sluice.cli.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A command that only holds others, one of which has to be named. */
final class Group implements Command {
  private final CommandSpec spec;

  /**
   * A group without commands.
   *
   * @param header the first line of its help
   * @param description the paragraph after that
   * @param examples of its commands
   */
  Group(String name, String header, String description, String... examples) {
    spec = Syntax.command(name, this);
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .synopsisSubcommandLabel("COMMAND")
        .header(header)
        .description(description, "")
        .footerHeading("%nExamples:%n")
        .footer(examples);
  }

  /** Holds {@code command} as well. */
  Group add(String name, Command command) {
    spec.addSubcommand(name, command.spec());
    return this;
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    List<String> names = new ArrayList<>(spec.subcommands().keySet());
    String last = names.removeLast();
    String all = names.isEmpty() ? last : String.join(", ", names) + " or " + last;
    throw new ParameterException(spec.commandLine(), "Missing command: " + all + ".");
  }
}
