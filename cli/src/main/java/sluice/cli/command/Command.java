package sluice.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** One thing that the program can do; the call does it and gives the exit code. */
interface Command extends Callable<Integer> {
  /** How it is written on the command line, and its help. */
  CommandSpec spec();
}
