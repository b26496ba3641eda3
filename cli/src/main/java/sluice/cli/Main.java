package sluice.cli;

import sluice.cli.command.Program;

/** Where the program starts. */
public final class Main {
  private Main() {}

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    Console console = Console.system();
    if (args.length == 1 && args[0].equals("--version")) {
      console.out().println(Version.line());
      return;
    }
    int code = new Program(console).run(args);
    console.out().flush();
    console.err().flush();
    System.exit(code);
  }
}
