package sluice.cli.command;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.text.Printable;
import sluice.ledger.gateway.Resumption;
import sluice.ledger.store.Database;

/** Shows why a gateway stands still, and lets it go on. */
final class LedgerResumeCommand implements Command {
  private static final long MILLIS_PER_SECOND = 1_000;

  private final Console console;
  private final LedgerOptions place = new LedgerOptions();
  private final OptionSpec accept =
      ReasonOption.accept("Let it go on with the block that stopped it. REASON is kept for good.");

  LedgerResumeCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = place.addTo(Syntax.command("resume", this).addOption(accept));
    spec.usageMessage()
        .header("Show why a gateway stands still, and let it go on.")
        .description(
            "A hub reads no blocks and pays nothing out once the chain has contradicted itself: a"
                + " block does not follow the one before, or pays what had been given up. Find out"
                + " why first: ask other nodes. The hub may run. What was let go on before is"
                + " listed. The exit code is 0 if nothing stands still any more and 6 if it does.",
            "");
    return spec;
  }

  @Override
  public Integer call() {
    @Nullable String why = accept.getValue();
    try (Database database = place.open()) {
      Resumption.all(database).forEach(this::tell);
      Optional<String> halted =
          why == null
              ? Resumption.halted(database)
              : Resumption.resume(database, System.currentTimeMillis() / MILLIS_PER_SECOND, why);
      if (halted.isEmpty()) {
        console.out().println("nothing stands still");
        return ExitCode.OK.code();
      }
      String text = Printable.clean(halted.get());
      console.out().println(why == null ? "it stands still: " + text : "it goes on after: " + text);
      return (why == null ? ExitCode.INVALID : ExitCode.OK).code();
    }
  }

  private void tell(Resumption before) {
    console
        .out()
        .println(
            Instant.ofEpochSecond(before.atSeconds())
                + " it went on after: "
                + Printable.clean(before.halted())
                + "; reason: "
                + before.reason());
  }
}
