package sluice.cli.command;

import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;
import sluice.cli.Console;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.chain.Depositor;
import sluice.cli.purse.Coins;
import sluice.cli.text.Printable;
import sluice.ledger.client.ChainView;
import sluice.ledger.client.HubException;
import sluice.ledger.client.HubMember;
import sluice.ledger.client.WithdrawalView;
import sluice.market.sign.PayAddress;
import sluice.protocol.digest.Hash;
import sluice.tron.key.TronAddress;
import sluice.tron.node.AccountState;
import sluice.tron.node.NodeException;
import sluice.tron.node.TronNode;

/** Shows the chain of a hub, the wallet's withdrawals and its coins on the chain. */
final class WalletChainCommand implements Command {
  private final Console console;
  private final WalletOptions options = new WalletOptions();
  private final NodeOptions nodes = new NodeOptions();

  WalletChainCommand(Console console) {
    this.console = console;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = options.addTo(nodes.addTo(Syntax.command("chain", this)));
    spec.usageMessage()
        .header("Show the chain of a hub, and the wallet's coins and withdrawals there.")
        .description(
            "What the hub says of its gateway, each withdrawal with its place in the queue, and"
                + " with --node what the chain says that the wallet's address has.",
            "");
    return spec;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return options.ask((member, asset) -> {
      ChainView chain = member.chain();
      line("chain", chain.genesis());
      line("read to", chain.height() + " " + Instant.ofEpochSecond(chain.blockSeconds()));
      line("hub's address", new TronAddress(chain.wallet()).text());
      line("waiting", chain.waiting() + " withdrawals of all members");
      line("fees", chain.fees().orElse("not known yet"));
      chain.alarms().forEach(alarm -> line("alarm", alarm));
      withdrawals(member);
      line("address", new TronAddress(member.address()).text());
      if (nodes.isGiven()) {
        coins(member.address(), asset);
      }
    });
  }

  private void line(String name, String value) {
    console.out().println(name + " " + Printable.clean(value));
  }

  private void withdrawals(HubMember member)
      throws IOException, InterruptedException, HubException {
    for (WithdrawalView listed : member.withdrawals()) {
      WithdrawalView w = member.withdrawal(listed.id());
      line(
          "withdrawal",
          w.id().hex()
              + " "
              + Coins.text(w.micros())
              + " "
              + w.state()
              + ", "
              + (w.ahead().isPresent() ? w.ahead().getAsLong() : "?")
              + " before it, txid "
              + w.txid().map(Hash::hex).orElse("none yet"));
    }
  }

  private void coins(PayAddress address, String asset) throws IOException {
    try (TronNode node = nodes.connect()) {
      Depositor.check(node, asset, true);
      AccountState account = node.account(address);
      line("on the chain", Coins.text(account.token(Depositor.token(asset))));
      line("TRX", Coins.text(account.sun()));
    } catch (NodeException e) {
      throw new Problem(ExitCode.FAILED, "the chain's node does not answer: " + e.getMessage());
    }
  }
}
