package sluice.cli.command;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.demo.Demo;
import sluice.ledger.client.HubException;

/** Shows the bandwidth market on this machine, without a network. */
final class DemoCommand implements Command {
  private static final int MEBIBYTES = 8;
  private static final int MOST_MEBIBYTES = 1_024;
  private static final long UP_BYTES_PER_SECOND = 1 << 20;

  /** Its parts tell of their starts, which nobody wants to read between the lines. */
  private static final Logger ALL = Logger.getLogger("");

  private final Console console;
  private final OptionSpec size =
      Syntax.option(
              Integer.class,
              "--size",
              "MIB",
              "Have a file of so many MiB, 1 to 1024 (by default 8). A second shows half of one.")
          .initialValue(MEBIBYTES)
          .converters(DemoCommand::mebibytes)
          .build();

  DemoCommand(Console console) {
    this.console = console;
  }

  private static int mebibytes(String value) {
    if (!value.matches("[1-9][0-9]{0,3}") || Integer.parseInt(value) > MOST_MEBIBYTES) {
      throw new TypeConversionException("'" + value + "' is not 1 to " + MOST_MEBIBYTES + " MiB");
    }
    return Integer.parseInt(value);
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Syntax.addStandardOptions(Syntax.command("demo", this).addOption(size));
    spec.usageMessage()
        .header("Show the bandwidth market on this machine.")
        .description(
            "Runs a chain, a tracker, a ledger, a seeder that sells its uplink, a downloader that"
                + " pays and some that do not, all on loopback: coins of the chain become money at"
                + " the ledger, pay for the download, and go back to the chain as the seeder's. It"
                + " shows who gets what, ends by itself, and succeeds only if the books balance.",
            "");
    return spec;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, HubException {
    ALL.setLevel(Level.WARNING);
    int mebibytes = size.getValue();
    boolean balanced = new Demo(console.out(), mebibytes, UP_BYTES_PER_SECOND).run();
    return (balanced ? ExitCode.OK : ExitCode.FAILED).code();
  }
}
