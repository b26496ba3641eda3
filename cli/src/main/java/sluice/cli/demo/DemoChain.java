package sluice.cli.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import sluice.cli.chain.Depositor;
import sluice.cli.chain.LocalChain;
import sluice.cli.purse.Coins;
import sluice.ledger.gateway.ChainException;
import sluice.ledger.gateway.GatewayRules;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.Outcome;
import sluice.ledger.hub.PayoutRules;
import sluice.ledger.hub.Withdrawal;
import sluice.ledger.serve.ChainPlan;
import sluice.ledger.wallet.Keystore;
import sluice.market.sign.PayKey;
import sluice.tron.gateway.OwnKeys;
import sluice.tron.gateway.TronAsset;
import sluice.tron.gateway.TronGateway;
import sluice.tron.key.TronAddress;
import sluice.tron.node.Network;
import sluice.tron.node.NodeException;
import sluice.tron.node.TronNode;

/** The chain of the demonstration: where coins come from, and where they go. */
final class DemoChain implements AutoCloseable {
  private static final long BLOCK_MILLIS = 200;
  private static final int FINAL_BLOCKS = 3;
  private static final long FEE = 1_000;
  private static final int PATIENCE_SECONDS = 60;

  private final PrintStream out;
  private final LocalChain chain;
  private final TronNode node;
  private final PayKey wallet = Keystore.newKey();
  private final ChainPlan plan;

  private DemoChain(PrintStream out) throws IOException {
    this.out = out;
    chain = LocalChain.start(BLOCK_MILLIS, FINAL_BLOCKS, 0, 0);
    node = TronNode.connect(chain.settings());
    chain.give(wallet.address(), 0);
    try {
      long chainId = Network.chainId(node.genesis());
      String asset = TronAsset.idOf(chainId, chain.token());
      TronGateway gateway =
          TronGateway.open(
              TronNode.connect(chain.settings()),
              List.of(),
              Optional.empty(),
              false,
              List.of(new TronAsset(asset, chain.token(), 6, LocalChain.LABEL)),
              OwnKeys.of(wallet));
      plan =
          new ChainPlan(
              gateway,
              chainId,
              asset,
              0,
              new PayoutRules(true, FEE + 1, FEE, false),
              GatewayRules.OPEN,
              BLOCK_MILLIS);
    } catch (NodeException | ChainException e) {
      throw new IOException(e.getMessage(), e);
    }
    out.println(
        "chain at "
            + chain.settings()
            + ": a block in "
            + BLOCK_MILLIS
            + " ms, its token "
            + chain.token()
            + " is "
            + LocalChain.LABEL);
  }

  static DemoChain start(PrintStream out) throws IOException {
    return new DemoChain(out);
  }

  ChainPlan plan() {
    return plan;
  }

  String asset() {
    return plan.asset();
  }

  /** Sends coins that a member has on the chain to the hub; true when it has credited them. */
  boolean deposit(Hub hub, PayKey member, long micros) throws IOException, InterruptedException {
    hub.transact(desk -> {
      desk.register(member.address());
      return true;
    });
    chain.give(member.address(), micros);
    try {
      var sent = Depositor.send(node, member, wallet.address(), chain.token(), micros);
      out.println("the payer sends " + Coins.text(micros) + " on the chain: " + sent.txid());
    } catch (NodeException e) {
      throw new IOException(e.getMessage(), e);
    }
    boolean came = waits(() -> hub.balance(member.address(), asset()).availableMicros() == micros);
    out.println(came ? "the ledger has credited them" : "THE COINS DO NOT COME");
    return came;
  }

  /** Has all of a member's money paid out; true when it has the coins on the chain. */
  boolean withdraw(Hub hub, PayKey member) throws IOException, InterruptedException {
    long all = hub.balance(member.address(), asset()).availableMicros();
    Outcome<Withdrawal> asked =
        hub.transact(desk -> desk.withdraw(member.address(), asset(), all, member.address()));
    if (!(asked instanceof Outcome.Done<Withdrawal>(Withdrawal withdrawal))) {
      out.println("NO WITHDRAWAL: " + asked);
      return false;
    }
    out.println(
        "the seller withdraws " + Coins.text(all) + " to " + new TronAddress(member.address()));
    boolean paid =
        waits(() -> hub.withdrawal(withdrawal.id()).orElseThrow().state() == Withdrawal.State.PAID);
    try {
      long coins = node.solidAccount(member.address()).token(chain.token());
      out.println("on the chain the seller has " + Coins.text(coins));
      return paid && coins == withdrawal.micros() && coins == all - FEE;
    } catch (NodeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static boolean waits(BooleanSupplier until) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!until.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return true;
  }

  @Override
  public void close() {
    node.close();
    if (plan.chain() instanceof TronGateway gateway) {
      gateway.close();
    }
    chain.close();
  }
}
