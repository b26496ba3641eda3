package sluice.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import sluice.cli.Version;

/** The program as a whole; its commands do the work. */
@Command(
    name = "sluice",
    mixinStandardHelpOptions = true,
    versionProvider = SluiceCommand.Versions.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Creates, downloads and seeds torrents.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the operation failed",
      "2:the command line is wrong",
      "3:a torrent, file or folder does not exist",
      "6:data or a torrent file are invalid",
      "7:some downloads are not finished",
      "69:there is no Java to run on",
      "130, 143:stopped by Ctrl-C or SIGTERM"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sluice get debian.torrent --dir ~/Downloads",
      "  sluice create photos/ --tracker http://tracker.example.org/announce",
      "  sluice seed photos.torrent --dir ~",
      "",
      "'sluice COMMAND --help' tells all options of a command."
    })
final class SluiceCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "On an unexpected error, print where in the program it arose.")
  private boolean debug;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command.");
  }

  /** Whether to print stack traces. */
  boolean debug() {
    return debug;
  }

  /** Gives picocli the version. */
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Version.line()};
    }
  }
}
