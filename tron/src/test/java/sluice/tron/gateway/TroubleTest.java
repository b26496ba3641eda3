package sluice.tron.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tron.trident.proto.Chain.Transaction;
import org.tron.trident.proto.Response.BlockExtention;
import sluice.ledger.book.AccountKind;
import sluice.ledger.gateway.ChainException;
import sluice.ledger.gateway.GatewayRules;
import sluice.ledger.hub.Withdrawal;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;
import sluice.market.sign.PayAddress;
import sluice.protocol.digest.Hash;
import sluice.tron.devnet.DevNode;
import sluice.tron.devnet.NodeFault;
import sluice.tron.node.Network;
import sluice.tron.node.TronNode;

/**
 * Nodes that lie, lag or are on another chain, books that differ, limits, and failed transactions.
 */
class TroubleTest {
  private static final long LIFE = 600_000;
  @TempDir Path folder;

  @Test
  void forgedBlocksAreNoticedAndCreditNothing() throws Exception {
    try (Town town = new Town(2);
        Town.Office office = Town.Office.open(town, folder)) {
      PayAddress wallet = office.chain.address(0);
      var forged = town.transfer(Town.ANN, wallet, 999_999, LIFE).message();
      town.chain.produce(5);
      List<UnaryOperator<BlockExtention>> lies =
          List.of(
              block -> {
                BlockExtention.Builder more = block.toBuilder();
                more.addTransactionsBuilder()
                    .setTransaction(
                        forged.toBuilder()
                            .addRet(
                                Transaction.Result.newBuilder()
                                    .setContractRet(Transaction.Result.contractResult.SUCCESS)));
                return more.build();
              },
              block -> {
                BlockExtention.Builder other = block.toBuilder();
                other.getBlockHeaderBuilder().getRawDataBuilder().setTimestamp(1);
                return other.build();
              },
              block -> block.toBuilder().setBlockid(ByteString.copyFrom(new byte[32])).build(),
              block -> block.toBuilder().setBlockid(ByteString.copyFrom(new byte[3])).build());
      for (UnaryOperator<BlockExtention> lie : lies) {
        town.devNode.forge(lie);
        assertThatThrownBy(office.gateway::step)
            .isInstanceOf(ChainException.class)
            .hasMessageContaining("LIES");
        assertThat(office.gateway.status().alarms()).anyMatch(a -> a.contains("LIES"));
      }
      town.devNode.forge(UnaryOperator.identity());
      office.live(2);
      assertThat(office.available(Town.ANN)).isZero();
      assertThat(office.gateway.status().alarms()).isEmpty();
    }
  }

  @Test
  void aNodeThatFallsBackIsNoticedAndAStalledChainSignsNothing() throws Exception {
    try (Town town = new Town(2);
        Town.Office office = Town.Office.open(town, folder)) {
      town.send(Town.ANN, office.chain.address(0), 5_000, LIFE);
      office.live(6);
      town.devNode.lag(4);
      assertThatThrownBy(office.gateway::step).hasMessageContaining("LAGS");
      town.devNode.lag(0);
      town.chain.stall(true);
      town.chain.produce(70);
      Withdrawal withdrawal = TronGatewayTest.value(office.withdraw(Town.ANN, 102));
      office.work();
      assertThat(office.state(withdrawal)).isEqualTo(Withdrawal.State.REQUESTED);
      assertThat(office.gateway.status().alarms())
          .anyMatch(a -> a.contains("seconds old"))
          .anyMatch(a -> a.contains("stands still"));
      town.chain.stall(false);
      office.live(6);
      assertThat(office.state(withdrawal)).isEqualTo(Withdrawal.State.PAID);
      assertThat(office.gateway.status().alarms()).isEmpty();
    }
  }

  @Test
  void twoNodesMustAgreeAndAllMustBeOnTheChain() throws Exception {
    try (Town town = new Town(2);
        DevNode second = DevNode.start(town.chain, DevNode.Access.OPEN)) {
      TronGateway both = town.open(town.connect(), TronNode.connect(second.settings()));
      Database database =
          Database.open(Dialect.sqlite("jdbc:sqlite:" + folder.resolve("two.db")), Dialect.SQLITE);
      try (Town.Office office = new Town.Office(town, database, GatewayRules.OPEN, both)) {
        second.lag(1_000);
        town.chain.produce(10);
        office.work();
        assertThat(office.gateway.status().height()).isZero();
        second.lag(0);
        office.work();
        assertThat(office.gateway.status().height()).isEqualTo(town.chain.solidHeight());
        town.chain.produce(3);
        long next = office.gateway.status().height() + 1;
        second.forge(block -> {
          if (block.getBlockHeader().getRawData().getNumber() != next) {
            return block;
          }
          BlockExtention.Builder forged = block.toBuilder();
          var header = forged.getBlockHeaderBuilder().getRawDataBuilder().setVersion(31).build();
          Hash id = sluice.tron.tx.BlockRef.idOf(next, header.toByteArray());
          return forged.setBlockid(ByteString.copyFrom(id.bytes())).build();
        });
        assertThatThrownBy(office.gateway::step).hasMessageContaining("two final blocks");
      }
      Optional<Hash> wrong = Optional.of(Hash.sha256(new byte[] {1}));
      try (TronNode node = town.connect()) {
        assertThatThrownBy(() ->
                TronGateway.open(node, List.of(), wrong, false, List.of(town.asset), town.own))
            .hasMessageContaining("is on the chain");
        assertThatThrownBy(() ->
                TronGateway.open(
                    node, List.of(), Optional.empty(), true, List.of(town.asset), town.own))
            .hasMessageContaining("not on the main network");
        TronAsset coarse = new TronAsset("tron:0x00000001/trc10:1", town.token, 2, "TEST");
        assertThatThrownBy(() ->
                TronGateway.open(
                    node, List.of(), Optional.empty(), false, List.of(coarse), town.own))
            .hasMessageContaining("6 decimals");
      }
      assertThatThrownBy(() -> new TronAsset("a", "1002000", 6, "BTT")).hasMessageContaining("OLD");
    }
  }

  /** The main network is known by its first block, and never used unless it is meant. */
  @Test
  void theMainNetworkHasToBeAllowed() throws Exception {
    try (Town town = new Town(2);
        TronNode node = town.connect()) {
      town.devNode.forge(block ->
          block.getBlockHeader().getRawData().getNumber() > 0
              ? block
              : block.toBuilder()
                  .setBlockid(ByteString.copyFrom(Network.MAINNET.genesis().bytes()))
                  .build());
      Optional<Hash> named = Optional.of(Network.MAINNET.genesis());
      for (Optional<Hash> genesis : List.of(Optional.<Hash>empty(), named)) {
        assertThatThrownBy(() ->
                TronGateway.open(node, List.of(), genesis, false, List.of(town.asset), town.own))
            .hasMessageContaining("main network, which has to be allowed");
      }
      TronGateway meant =
          TronGateway.open(node, List.of(), named, true, List.of(town.asset), town.own);
      assertThat(meant.genesis()).isEqualTo(Network.MAINNET.genesis());
    }
  }

  @Test
  void nothingIsPaidWhileBooksAndChainDiffer() throws Exception {
    try (Town town = new Town(2);
        Town.Office office = Town.Office.open(town, folder)) {
      PayAddress wallet = office.chain.address(0);
      town.send(Town.ANN, wallet, 5_000, LIFE);
      office.live(6);
      var stolen = town.send(Town.HUB, Town.BANK.address(), 7, LIFE);
      assertThat(stolen.code().name()).isEqualTo("ACCEPTED");
      town.chain.produce(6);
      Withdrawal withdrawal = TronGatewayTest.value(office.withdraw(Town.ANN, 102));
      office.work();
      assertThat(office.gateway.status().alarms())
          .anyMatch(a -> a.contains("the books have 5000, the chain has 4993"));
      office.live(5);
      assertThat(office.state(withdrawal)).isEqualTo(Withdrawal.State.REQUESTED);
      town.send(Town.BANK, wallet, 7, LIFE); // comes to suspense: still seven are missing
      office.live(6);
      assertThat(office.state(withdrawal)).isEqualTo(Withdrawal.State.REQUESTED);
      town.chain.grant(wallet, town.token, 7);
      office.live(6);
      assertThat(office.state(withdrawal)).isEqualTo(Withdrawal.State.PAID);
    }
  }

  @Test
  void limitsKeepTheQueueInOrderAndInSight() throws Exception {
    try (Town town = new Town(2)) {
      Database database =
          Database.open(
              Dialect.sqlite("jdbc:sqlite:" + folder.resolve("limits.db")), Dialect.SQLITE);
      GatewayRules rules = new GatewayRules(1_000, 1_500, 3_000, 1_000_000);
      try (Town.Office office = new Town.Office(town, database, rules)) {
        town.send(Town.ANN, office.chain.address(0), 5_000, LIFE);
        office.live(6);
        Withdrawal first = TronGatewayTest.value(office.withdraw(Town.ANN, 1_002));
        Withdrawal second = TronGatewayTest.value(office.withdraw(Town.ANN, 802));
        Withdrawal third = TronGatewayTest.value(office.withdraw(Town.ANN, 12));
        office.live(6);
        assertThat(office.state(first)).isEqualTo(Withdrawal.State.PAID);
        assertThat(office.state(second)).isEqualTo(Withdrawal.State.REQUESTED);
        assertThat(office.hub.ahead(third)).isEqualTo(1);
        assertThat(office.gateway.status().waiting()).isEqualTo(2);
        assertThat(office.gateway.status().alarms())
            .anyMatch(a -> a.contains("limit of a day"))
            .anyMatch(a -> a.contains("more than it should"))
            .anyMatch(a -> a.contains("fees are low") && a.contains("TRX"));
        town.chain.skip(28_800);
        office.live(6);
        assertThat(office.state(second)).isEqualTo(Withdrawal.State.PAID);
        assertThat(office.state(third)).isEqualTo(Withdrawal.State.PAID);
      }
    }
  }

  @Test
  void whatTheChainDoesNotCarryOutIsNeitherCreditedNorPaid() throws Exception {
    try (Town town = new Town(2);
        Town.Office office = Town.Office.open(town, folder)) {
      PayAddress wallet = office.chain.address(0);
      town.send(Town.ANN, wallet, 5_000, LIFE);
      office.live(6);
      for (var result :
          List.of(
              Optional.of(Transaction.Result.contractResult.OUT_OF_ENERGY),
              Optional.of(Transaction.Result.contractResult.REVERT),
              Optional.<Transaction.Result.contractResult>empty())) {
        town.chain.failNext(result);
        town.send(Town.ANN, wallet, 77, LIFE);
        office.live(6);
        assertThat(office.available(Town.ANN)).isEqualTo(5_000);
        Withdrawal withdrawal = TronGatewayTest.value(office.withdraw(Town.ANN, 102));
        office.work();
        town.chain.failNext(result);
        office.live(6);
        assertThat(office.state(withdrawal)).isEqualTo(Withdrawal.State.RETURNED);
        assertThat(office.available(Town.ANN)).isEqualTo(5_000);
      }
      assertThat(-office.account(AccountKind.HOT)).isEqualTo(5_000);
    }
  }

  @Test
  void whatIsNeverTakenGoesBackOnlyAfterItsEnd() throws Exception {
    try (Town town = new Town(2);
        Town.Office office = Town.Office.open(town, folder)) {
      town.send(Town.ANN, office.chain.address(0), 5_000, LIFE);
      office.live(6);
      Withdrawal withdrawal = TronGatewayTest.value(office.withdraw(Town.ANN, 102));
      town.devNode.fail(() -> NodeFault.NONE);
      office.work();
      town.chain.forget();
      long end =
          office.hub.withdrawal(withdrawal.id()).orElseThrow().payment().orElseThrow().expiresAt();
      while (town.nowSeconds() < end + 60) {
        town.chain.produceEmpty();
        office.work();
        town.chain.forget();
        assertThat(office.state(withdrawal)).isEqualTo(Withdrawal.State.SENT);
      }
      office.live(4);
      assertThat(office.state(withdrawal)).isEqualTo(Withdrawal.State.RETURNED);
      assertThat(office.available(Town.ANN)).isEqualTo(5_000);
    }
  }

  @Test
  void theProvidersStayThoseOfTheJdk() throws Exception {
    try (Town town = new Town(2);
        Town.Office office = Town.Office.open(town, folder)) {
      office.live(3);
      assertThat(Security.getProviders()[0].getName()).isEqualTo("SUN");
      assertThat(Security.getProvider("BC")).isNull();
      for (String name : Set.of("SHA-1", "SHA-256")) {
        assertThat(java.security.MessageDigest.getInstance(name).getProvider().getName())
            .isEqualTo("SUN");
      }
    }
  }
}
