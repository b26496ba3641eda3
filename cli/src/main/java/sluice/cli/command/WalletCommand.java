package sluice.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import sluice.cli.Console;

/** A member's wallet; its commands make it and ask a hub about it. */
final class WalletCommand implements Command {
  private final CommandSpec spec = Syntax.command("wallet", this);

  WalletCommand(Console console) {
    Syntax.addStandardOptions(spec)
        .usageMessage()
        .synopsisSubcommandLabel("COMMAND")
        .header("Keep a key, and see what a hub holds for it.")
        .description(
            "The key is in one file, encrypted with a password. It is never printed, and no hub"
                + " and no peer sees it.",
            "")
        .footerHeading("%nExamples:%n")
        .footer(
            "  sluice wallet create",
            "  sluice wallet faucet 100 --hub http://127.0.0.1:7070",
            "  sluice wallet balance --hub http://127.0.0.1:7070",
            "  sluice wallet deposit 25 --node 127.0.0.1:50051 --solidity 127.0.0.1:50061",
            "  sluice wallet withdraw 10");
    spec.addSubcommand("create", new WalletCreateCommand(console, false).spec());
    spec.addSubcommand("import", new WalletCreateCommand(console, true).spec());
    spec.addSubcommand("balance", new WalletBalanceCommand(console).spec());
    spec.addSubcommand("history", new WalletHistoryCommand(console).spec());
    spec.addSubcommand("faucet", new WalletFaucetCommand(console).spec());
    spec.addSubcommand("deposit-address", new WalletDepositAddressCommand(console).spec());
    spec.addSubcommand("deposit", new WalletDepositCommand(console).spec());
    spec.addSubcommand("withdraw", new WalletWithdrawCommand(console).spec());
    spec.addSubcommand("chain", new WalletChainCommand(console).spec());
    spec.addSubcommand("proof", new WalletProofCommand(console).spec());
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing command: create, import, balance, history, faucet, deposit-address, deposit,"
            + " withdraw, chain or proof.");
  }
}
