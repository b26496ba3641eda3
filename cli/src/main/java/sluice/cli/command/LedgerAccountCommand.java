package sluice.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.purse.Coins;
import sluice.ledger.proof.AccountProof;
import sluice.ledger.proof.ProofJson;

/** Accounts of a hub, as its operator sees them; and the check of a member's proof. */
final class LedgerAccountCommand implements Command {
  private final Console console;
  private final OptionSpec proof =
      Syntax.option(
              Path.class,
              "--proof",
              "FILE",
              "Check a proof that 'sluice wallet proof' has written, without the hub.")
          .converters(Converters::path)
          .build();
  private final OptionSpec hub =
      Syntax.option(
              String.class, "--hub", "IDENTITY", "The proof must be of the hub with this identity.")
          .build();
  private final CommandSpec spec;

  LedgerAccountCommand(Console console) {
    this.console = console;
    spec = Syntax.command("account", this).addOption(proof).addOption(hub);
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .synopsisSubcommandLabel("[COMMAND]")
        .header("Look at accounts, and check what a hub says that it owes.")
        .description("")
        .footerHeading("%nExamples:%n")
        .footer(
            "  sluice ledger account show 7e5f4552091a69125d5dfcb7b8c2659029395bdf",
            "  sluice ledger account --proof proof.json --hub 1e4f34b1cab3...");
    for (AccountAction action : AccountAction.values()) {
      spec.addSubcommand(action.word(), new AccountActionCommand(console, action).spec());
    }
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() throws IOException {
    @Nullable Path file = proof.getValue();
    if (file == null) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing command: "
              + String.join(", ", List.of("open", "show", "history"))
              + "; or --proof FILE");
    }
    AccountProof read = read(file);
    Optional<String> problem = read.problem();
    @Nullable String wanted = hub.getValue();
    if (problem.isEmpty() && wanted != null && !wanted.equals(read.domain().hub().hex())) {
      problem = Optional.of("it is of another hub: " + read.domain().hub());
    }
    if (problem.isPresent()) {
      throw new Problem(ExitCode.INVALID, file + " proves nothing: " + problem.get());
    }
    var total = read.total().liabilities();
    console
        .out()
        .printf(
            "hub %s%nowes %s %s of %s%nof %s to %d members, at entry %d, %s%n",
            read.domain().hub(),
            read.member(),
            Coins.text(read.micros()),
            read.total().asset(),
            Coins.text(total.total()),
            total.members(),
            total.entry(),
            Instant.ofEpochSecond(total.unixSeconds()));
    return ExitCode.OK.code();
  }

  private static AccountProof read(Path file) throws IOException {
    try {
      return ProofJson.read(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new Problem(ExitCode.INVALID, file + " is no proof: " + e.getMessage());
    }
  }
}
