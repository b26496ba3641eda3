package sluice.cli.chain;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import sluice.ledger.wallet.Keystore;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.tron.devnet.DevChain;
import sluice.tron.devnet.DevConfig;
import sluice.tron.devnet.DevNode;
import sluice.tron.node.NodeSettings;

/** A chain on this machine that makes its blocks by itself, with one token. Worth nothing. */
public final class LocalChain implements AutoCloseable {
  /** What its token is called. */
  public static final String LABEL = "TESTBTT";

  private static final long SUPPLY = 990_000_000_000_000L;
  private static final long SUN = 10_000_000_000L;

  private final DevChain chain;
  private final DevNode node;
  private final String token;
  private final PayKey bank = Keystore.newKey();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("chain").factory());

  private LocalChain(long blockMillis, int solidLag, DevNode.Access access) throws IOException {
    // The first block is so old that the next ones, one a slot, reach the present.
    long begin = System.currentTimeMillis() / blockMillis * blockMillis - blockMillis;
    chain = new DevChain(DevConfig.of("sluice devnet", begin).paced(blockMillis, solidLag));
    token = chain.issue(bank.address(), LABEL, 6, SUPPLY);
    node = DevNode.start(chain, access);
    var _ =
        clock.scheduleAtFixedRate(
            this::block, blockMillis, Math.max(1, blockMillis / 4), TimeUnit.MILLISECONDS);
  }

  /** Starts it on loopback. */
  public static LocalChain start(long blockMillis, int solidLag, int fullPort, int solidityPort)
      throws IOException {
    DevNode.Access access =
        new DevNode.Access(
            fullPort, solidityPort, Optional.empty(), Optional.empty(), Optional.empty());
    return new LocalChain(blockMillis, solidLag, access);
  }

  /** Makes the blocks that are due. */
  private void block() {
    long slot = chain.config().slotMillis();
    while (chain.nowMillis() + slot <= System.currentTimeMillis()) {
      chain.produce(1);
    }
  }

  /** How clients reach its node. */
  public NodeSettings settings() {
    return node.settings();
  }

  /** Number of its token. */
  public String token() {
    return token;
  }

  /** Gives an account TRX for fees, and tokens. */
  public void give(PayAddress account, long micros) {
    chain.fund(account, SUN);
    if (micros > 0) {
      chain.grant(account, token, micros);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    node.close();
  }
}
