package sluice.cli.command;

import sluice.cli.Console;

/** Chains of TRON, to try things out. */
final class TronCommand {
  private TronCommand() {}

  static Command of(Console console) {
    return new Group(
            "tron",
            "Run a chain like TRON on this machine.",
            "Its coins are worth nothing.",
            "  sluice tron devnet --give TMVQGm1qAQYVdetCeGRRkTWYYrLXuHK2HC")
        .add("devnet", new TronDevnetCommand(console));
  }
}
