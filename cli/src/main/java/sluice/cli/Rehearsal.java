package sluice.cli;

import picocli.CommandLine;
import sluice.cli.command.SluiceCommand;

/** Runs the program's parts once, so that the JVM can record which classes it needs. */
public final class Rehearsal {
  private Rehearsal() {}

  /** Started by the launcher after a build. */
  public static void main(String[] args) {
    System.out.println(Version.line());
    new CommandLine(new SluiceCommand()).execute("--help");
  }
}
