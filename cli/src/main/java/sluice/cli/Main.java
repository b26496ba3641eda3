package sluice.cli;

import picocli.CommandLine;
import sluice.cli.command.SluiceCommand;

/** Where the program starts. */
public final class Main {
  private Main() {}

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    if (args.length == 1 && args[0].equals("--version")) {
      System.out.println(Version.line());
      return;
    }
    System.exit(new CommandLine(new SluiceCommand()).execute(args));
  }
}
