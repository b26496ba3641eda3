package sluice.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The program as a whole; its commands do the work. */
final class SluiceCommand implements Command {
  private final OptionSpec debug =
      Syntax.flag("--debug", "On an unexpected error, print where in the program it arose.")
          .toBuilder()
          .scopeType(ScopeType.INHERIT)
          .build();

  private final CommandSpec spec = Syntax.command("sluice", this).addOption(debug);

  SluiceCommand() {
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .synopsisSubcommandLabel("COMMAND")
        .description("Creates, downloads and seeds torrents.")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(
            UsageMessageSpec.keyValuesMap(
                "0:done",
                "1:the operation failed",
                "2:the command line is wrong",
                "3:a torrent, file or folder does not exist",
                "4:the daemon cannot be reached",
                "5:the daemon does not let this in",
                "6:data or a torrent file are invalid",
                "7:some downloads are not finished",
                "69:there is no Java to run on",
                "130, 143:stopped by Ctrl-C or SIGTERM"))
        .footerHeading("%nExamples:%n")
        .footer(
            "  sluice get debian.torrent --dir ~/Downloads",
            "  sluice create photos/ --tracker http://tracker.example.org/announce",
            "  sluice seed photos.torrent --dir ~",
            "",
            "'sluice COMMAND --help' tells all options of a command.");
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing command.");
  }

  /** Whether to print stack traces. */
  boolean debug() {
    return debug.<Boolean>getValue();
  }
}
