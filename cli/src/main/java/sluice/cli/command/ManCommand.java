package sluice.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.Version;
import sluice.cli.manual.ManualPage;

/** Prints or writes the pages of the manual. */
final class ManCommand implements Command {
  private final Console console;
  private final Supplier<CommandLine> program;
  private final PositionalParamSpec words =
      Syntax.words("COMMAND", "The command, such as 'get' or 'dht put'; else the program.");
  private final OptionSpec all =
      Syntax.option(Path.class, "--all", "DIR", "Write the pages of all commands there.")
          .converters(Converters::path)
          .build();

  /** Of the commands that {@code program} makes. */
  ManCommand(Console console, Supplier<CommandLine> program) {
    this.console = console;
    this.program = program;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("man", this).addPositional(words).addOption(all);
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .header("Print a page of the manual.")
        .description("Prints the manual page of a command in the form that man(1) shows.", "")
        .footerHeading("%nExamples:%n")
        .footer("  sluice man get | man -l -", "  sluice man --all /usr/local/share/man/man1");
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    Map<String, String> pages = ManualPage.all(program.get(), Version.line());
    if (all.getValue() != null) {
      Path folder = Files.createDirectories(all.<Path>getValue());
      for (Map.Entry<String, String> page : pages.entrySet()) {
        Files.writeString(folder.resolve(page.getKey() + ".1"), page.getValue());
      }
      return ExitCode.OK.code();
    }
    List<String> command = words.getValue();
    String name = "sluice" + (command.isEmpty() ? "" : "-" + String.join("-", command));
    String page = pages.get(name);
    if (page == null) {
      throw new Problem(
          ExitCode.NOT_FOUND, "there is no command '" + String.join(" ", command) + "'");
    }
    console.out().print(page);
    return ExitCode.OK.code();
  }
}
