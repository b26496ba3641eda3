package sluice.cli.manual;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completions for the shell fish; picocli has those for bash and zsh. */
public final class FishCompletion {
  private FishCompletion() {}

  /** The script for {@code program} with all that is below it. */
  public static String of(CommandLine program) {
    StringBuilder script = new StringBuilder();
    String name = program.getCommandName();
    script.append("complete -c ").append(name).append(" -n __fish_use_subcommand -f\n");
    add(script, name, program, "__fish_use_subcommand");
    return script.toString();
  }

  private static void add(StringBuilder script, String name, CommandLine command, String where) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      script.append("complete -c ").append(name).append(" -n ").append(quoted(where));
      for (String each : option.names()) {
        script
            .append(each.startsWith("--") ? " -l " : " -s ")
            .append(each.substring(each.startsWith("--") ? 2 : 1));
      }
      script
          .append(option.arity().max() > 0 ? " -r" : "")
          .append(" -d ")
          .append(quoted(first(option.description())))
          .append('\n');
    }
    for (CommandLine sub : command.getSubcommands().values()) {
      CommandSpec spec = sub.getCommandSpec();
      script
          .append("complete -c ")
          .append(name)
          .append(" -n ")
          .append(quoted(where))
          .append(" -a ")
          .append(spec.name())
          .append(" -d ")
          .append(quoted(first(spec.usageMessage().header())))
          .append('\n');
      add(script, name, sub, within(sub));
    }
  }

  private static String within(CommandLine command) {
    StringBuilder where = new StringBuilder();
    for (CommandLine each = command; each.getParent() != null; each = each.getParent()) {
      where
          .insert(0, where.isEmpty() ? "" : "; and ")
          .insert(0, "__fish_seen_subcommand_from " + each.getCommandName());
    }
    return where.toString();
  }

  private static String first(String... lines) {
    String text = String.join(" ", List.of(lines)).replace("%n", " ").replace("%%", "%");
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
