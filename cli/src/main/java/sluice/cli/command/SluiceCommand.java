package sluice.cli.command;

import picocli.CommandLine.Command;

/** The program as a whole; its commands do the work. */
@Command(name = "sluice", mixinStandardHelpOptions = true)
public final class SluiceCommand {}
