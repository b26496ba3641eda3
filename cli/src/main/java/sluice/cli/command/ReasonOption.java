package sluice.cli.command;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import sluice.ledger.gateway.OperatorReason;

/** The option by which an operator accepts what has happened, with a reason. */
final class ReasonOption {
  private ReasonOption() {}

  static OptionSpec accept(String description) {
    return Syntax.option(String.class, "--accept", "REASON", description)
        .converters(ReasonOption::reason)
        .build();
  }

  private static String reason(String value) {
    try {
      return OperatorReason.require(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
