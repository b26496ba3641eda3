package sluice.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.Console;
import sluice.cli.purse.Coins;
import sluice.ledger.proof.AccountProof;
import sluice.ledger.proof.ProofJson;

/** Fetches the wallet's part in what a hub says that it owes. */
final class WalletProofCommand implements Command {
  private final Console console;
  private final WalletOptions options = new WalletOptions();
  private final OptionSpec out =
      Syntax.option(Path.class, "--output", "FILE", "Where to write it; a file that is not there.")
          .required(true)
          .converters(Converters::path)
          .build();

  WalletProofCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = options.addTo(Syntax.command("proof", this).addOption(out));
    spec.usageMessage()
        .header("Fetch the proof that a hub counted the wallet's coins.")
        .description(
            "'sluice ledger account --proof FILE' checks it without the hub. Whoever has the file"
                + " learns this wallet's address and balance.",
            "");
    return spec;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return options.ask((member, asset) -> {
      AccountProof proof = member.proof(asset);
      Path file = out.getValue();
      Files.writeString(
          file,
          ProofJson.of(proof).toPrettyString() + "\n",
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
      console.out().println("counted " + Coins.text(proof.micros()));
    });
  }
}
