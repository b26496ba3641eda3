package sluice.cli.manual;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A page of the manual in the language of man(7). */
public final class ManualPage {
  private final StringBuilder page = new StringBuilder();

  private ManualPage() {}

  /** The pages of {@code command} and all below it, by their names. */
  public static Map<String, String> all(CommandLine command, String version) {
    Map<String, String> pages = new LinkedHashMap<>();
    CommandSpec spec = command.getCommandSpec();
    pages.put(name(spec), of(spec, version));
    command.getSubcommands().values().forEach(sub -> pages.putAll(all(sub, version)));
    return pages;
  }

  /** The page's name, such as {@code sluice-dht-get}. */
  public static String name(CommandSpec spec) {
    return spec.qualifiedName("-");
  }

  private static String of(CommandSpec spec, String version) {
    ManualPage page = new ManualPage();
    page.write(spec, version);
    return page.page.toString();
  }

  private void write(CommandSpec spec, String version) {
    var usage = spec.usageMessage();
    String title = usage.header().length > 0 ? usage.header()[0] : "create, get and seed torrents";
    macro("TH", quoted(name(spec).toUpperCase(Locale.ROOT)), "1", "\"\"", quoted(version));
    section("NAME");
    line(name(spec) + " - " + lower(title));
    section("SYNOPSIS");
    line(spec.commandLine().getHelp().synopsis(0).strip().replaceAll("\\s+", " "));
    section("DESCRIPTION");
    paragraphs(usage.description());
    if (!spec.positionalParameters().isEmpty()) {
      section("ARGUMENTS");
      for (PositionalParamSpec word : spec.positionalParameters()) {
        entry(italic(word.paramLabel()), word.description());
      }
    }
    section("OPTIONS");
    for (OptionSpec option : spec.options()) {
      entry(option(option), option.description());
    }
    if (!spec.subcommands().isEmpty()) {
      section("COMMANDS");
      spec.subcommands()
          .forEach((name, sub) -> entry(bold(name), sub.getCommandSpec().usageMessage().header()));
    }
    if (!usage.exitCodeList().isEmpty()) {
      section("EXIT STATUS");
      usage.exitCodeList().forEach((code, meaning) -> entry(bold(code), meaning));
    }
    if (usage.footer().length > 0) {
      section("EXAMPLES");
      macro("nf");
      for (String line : usage.footer()) {
        line(formatted(line));
      }
      macro("fi");
    }
    if (spec.parent() != null) {
      section("SEE ALSO");
      line(name(spec.root()) + "(1)");
    }
  }

  private static String option(OptionSpec option) {
    List<String> names = new ArrayList<>();
    for (String name : option.names()) {
      names.add(bold(name));
    }
    String all = String.join(", ", names);
    return option.arity().max() == 0 ? all : all + "=" + italic(option.paramLabel());
  }

  private void paragraphs(String... lines) {
    for (String text : lines) {
      if (text.isBlank()) {
        macro("PP");
      } else {
        line(formatted(text));
      }
    }
  }

  private void entry(String term, String... description) {
    macro("TP");
    page.append(term).append('\n');
    line(formatted(String.join(" ", description)));
  }

  private void section(String title) {
    macro("SH", quoted(title));
  }

  private void macro(String name, String... words) {
    page.append('.').append(name);
    for (String word : words) {
      page.append(' ').append(word);
    }
    page.append('\n');
  }

  private void line(String text) {
    String escaped = escaped(text);
    // A dot or an apostrophe at the beginning of a line would be a command.
    page.append(escaped.matches("[.'].*") ? "\\&" : "").append(escaped).append('\n');
  }

  private static String formatted(String text) {
    return text.replace("%n", " ").replace("%%", "%");
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }

  private static String bold(String text) {
    return "\\fB" + escaped(text) + "\\fR";
  }

  private static String italic(String text) {
    return "\\fI" + escaped(text) + "\\fR";
  }

  private static String quoted(String text) {
    return '"' + escaped(text.replace("\"", "")) + '"';
  }

  private static String lower(String title) {
    String text = title.endsWith(".") ? title.substring(0, title.length() - 1) : title;
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
