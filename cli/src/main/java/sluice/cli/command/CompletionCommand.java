package sluice.cli.command;

import java.util.Map;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.manual.FishCompletion;

/** Prints a script by which a shell completes the words of this program. */
final class CompletionCommand implements Command {
  private enum Shell {
    BASH,
    ZSH,
    FISH
  }

  private final Console console;
  private final Supplier<CommandLine> program;
  private final PositionalParamSpec shell =
      Syntax.word(Shell.class, "SHELL", "bash, zsh or fish.")
          .converters(word ->
              Converters.word(
                  word, "shell", Map.of("bash", Shell.BASH, "zsh", Shell.ZSH, "fish", Shell.FISH)))
          .build();

  /** Of the commands that {@code program} makes. */
  CompletionCommand(Console console, Supplier<CommandLine> program) {
    this.console = console;
    this.program = program;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.command("completion", this).addPositional(shell);
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .header("Print completions for a shell.")
        .description("Prints a script that has a shell complete commands and options.", "")
        .footerHeading("%nExamples:%n")
        .footer(
            "  source <(sluice completion bash)",
            "  sluice completion fish > ~/.config/fish/completions/sluice.fish");
    return spec;
  }

  @Override
  public Integer call() {
    CommandLine all = program.get();
    console
        .out()
        .print(
            switch (shell.<Shell>getValue()) {
              // It finds out itself whether zsh runs it.
              case BASH, ZSH -> AutoComplete.bash(all.getCommandName(), all);
              case FISH -> FishCompletion.of(all);
            });
    return ExitCode.OK.code();
  }
}
