package sluice.cli.command;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.chain.Depositor;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.tron.node.NodeException;
import sluice.tron.node.TronNode;

/** Sends the wallet's own coins on the chain to a hub. */
final class WalletDepositCommand implements Command {
  private final Console console;
  private final WalletOptions options = new WalletOptions();
  private final NodeOptions nodes = new NodeOptions();
  private final PositionalParamSpec amount =
      Syntax.word(Long.class, "AMOUNT", "How many coins, such as 25.")
          .converters(WalletWithdrawCommand::micros)
          .build();

  WalletDepositCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        options.addTo(nodes.addTo(Syntax.command("deposit", this)).addPositional(amount));
    spec.usageMessage()
        .header("Send coins on the chain from the wallet's address to a hub.")
        .description(
            "The hub credits them when their block is final, about a minute later. From then on"
                + " the hub holds them.",
            "");
    return spec;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return options.askWithKey((member, key, asset) -> {
      member.register();
      send(key, member.chain().wallet(), asset);
    });
  }

  private void send(PayKey key, PayAddress wallet, String asset) throws IOException {
    String token = Depositor.token(asset);
    try (TronNode node = nodes.connect()) {
      Depositor.check(node, asset, nodes.mainnet());
      var sent = Depositor.send(node, key, wallet, token, amount.<Long>getValue());
      console.out().println("txid " + sent.txid());
    } catch (NodeException e) {
      throw new Problem(ExitCode.FAILED, "the chain's node does not answer: " + e.getMessage());
    }
  }
}
