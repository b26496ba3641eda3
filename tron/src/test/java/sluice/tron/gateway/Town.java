package sluice.tron.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import sluice.ledger.book.Account;
import sluice.ledger.book.AccountKind;
import sluice.ledger.gateway.ChainException;
import sluice.ledger.gateway.Gateway;
import sluice.ledger.gateway.GatewayRules;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.HubConfig;
import sluice.ledger.hub.Outcome;
import sluice.ledger.hub.PayoutRules;
import sluice.ledger.hub.Withdrawal;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Books;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;
import sluice.tron.devnet.DevChain;
import sluice.tron.devnet.DevConfig;
import sluice.tron.devnet.DevNode;
import sluice.tron.node.BlockHead;
import sluice.tron.node.Broadcast;
import sluice.tron.node.NodeException;
import sluice.tron.node.TronNode;
import sluice.tron.tx.BlockRef;
import sluice.tron.tx.SignedTransfer;
import sluice.tron.tx.Transfer;

/** A chain with a node over loopback, and a hub on it; its time is the chain's. */
final class Town implements AutoCloseable {
  static final PayKey HUB = key("hub");
  static final PayKey ANN = key("ann");
  static final PayKey BOB = key("bob");
  static final PayKey BANK = key("bank");
  static final long TRX = 1_000_000;
  private static final long START_MILLIS = 1_800_000_000_000L;
  private static final long SUPPLY = 1_000_000_000_000L;

  final DevChain chain;
  final DevNode devNode;
  final TronNode user;
  final String token;
  final TronAsset asset;
  final OwnKeys own = OwnKeys.of(HUB);

  static PayKey key(String name) {
    return PayKey.of(Hash.sha256(("town/" + name).getBytes(UTF_8)).bytes()).orElseThrow();
  }

  Town(int solidLag) throws IOException {
    chain =
        new DevChain(
            DevConfig.of("town", START_MILLIS)
                .paced(DevConfig.SLOT_MILLIS, solidLag)
                .funding(HUB.address(), 1_000 * TRX)
                .funding(ANN.address(), 1_000 * TRX)
                .funding(BOB.address(), 1_000 * TRX)
                .funding(BANK.address(), 1_000 * TRX));
    token = chain.issue(BANK.address(), "Test", 6, SUPPLY);
    chain.grant(ANN.address(), token, 1_000_000);
    chain.grant(BOB.address(), token, 1_000_000);
    devNode = DevNode.start(chain, DevNode.Access.OPEN);
    user = TronNode.connect(devNode.settings());
    asset = new TronAsset("tron:0x00000001/trc10:" + token, token, 6, "TEST");
    chain.produce(1);
  }

  TronGateway open(TronNode node, TronNode... others) throws ChainException {
    return TronGateway.open(node, List.of(others), Optional.empty(), false, List.of(asset), own);
  }

  TronNode connect() {
    return TronNode.connect(devNode.settings(Duration.ofSeconds(60)));
  }

  /** Sends tokens as a member does; what the node said. */
  Broadcast send(PayKey from, PayAddress to, long amount, long lifeMillis) throws NodeException {
    return user.broadcast(transfer(from, to, amount, lifeMillis).bytes());
  }

  SignedTransfer transfer(PayKey from, PayAddress to, long amount, long lifeMillis)
      throws NodeException {
    BlockHead solid = user.solidHead();
    long now = chain.nowMillis();
    return SignedTransfer.sign(
        new Transfer(from.address(), to, token, amount),
        new BlockRef(solid.id()),
        now + counter++,
        now + lifeMillis,
        BString.of(new byte[0]),
        from);
  }

  private int counter;

  long nowSeconds() {
    return chain.nowMillis() / 1_000;
  }

  long balance(PayAddress address) throws NodeException {
    return user.account(address).token(token);
  }

  @Override
  public void close() {
    user.close();
    devNode.close();
  }

  /** A hub with its gateway, from its start to its end. */
  static final class Office implements AutoCloseable {
    final Town town;
    final Database database;
    final Hub hub;
    final TronGateway chain;
    final Gateway gateway;

    Office(Town town, Database database, GatewayRules rules) throws ChainException {
      this(town, database, rules, town.open(town.connect()));
    }

    Office(Town town, Database database, GatewayRules rules, TronGateway chain)
        throws ChainException {
      this(town, database, rules, chain, town::nowSeconds);
    }

    /** One with a clock of its own. */
    Office(
        Town town,
        Database database,
        GatewayRules rules,
        TronGateway chain,
        LongSupplier unixSeconds)
        throws ChainException {
      this.town = town;
      this.database = database;
      this.chain = chain;
      HubConfig config =
          HubConfig.of(1, HUB, Set.of(town.asset.id())).paying(new PayoutRules(true, 10, 2, true));
      hub = new Hub(database, config, unixSeconds);
      hub.transact(desk -> {
        desk.register(ANN.address());
        desk.register(BOB.address());
        return true;
      });
      gateway = new Gateway(hub, chain, rules);
      gateway.begin(0);
    }

    static Office open(Town town, Path folder) throws ChainException {
      DataSource source = Dialect.sqlite("jdbc:sqlite:" + folder.resolve("ledger.db"));
      return new Office(town, Database.open(source, Dialect.SQLITE), GatewayRules.OPEN);
    }

    /** Reads all blocks and pays. */
    void work() throws ChainException {
      while (gateway.step().isBehind()) {
        assertThat(gateway.status().alarms()).noneMatch(a -> a.contains("everything stands still"));
      }
    }

    /** Makes blocks, and works after each. */
    void live(int blocks) throws ChainException {
      for (int i = 0; i < blocks; i++) {
        town.chain.produce(1);
        work();
      }
    }

    long available(PayKey member) {
      return hub.balance(member.address(), town.asset.id()).availableMicros();
    }

    long account(AccountKind kind) {
      return database.<Long>read(h -> Books.balance(h, Account.hub(kind, town.asset.id())));
    }

    Outcome<Withdrawal> withdraw(PayKey member, long micros) {
      return hub.transact(
          desk -> desk.withdraw(member.address(), town.asset.id(), micros, member.address()));
    }

    Withdrawal.State state(Withdrawal withdrawal) {
      return hub.withdrawal(withdrawal.id()).orElseThrow().state();
    }

    @Override
    public void close() {
      assertThat(Audit.of(database).findings()).isEmpty();
      chain.close();
      database.close();
    }
  }
}
