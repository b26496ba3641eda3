package sluice.tron.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.ledger.book.AccountKind;
import sluice.ledger.hub.Withdrawal;
import sluice.market.sign.PayAddress;
import sluice.protocol.bencode.BString;
import sluice.tron.devnet.DevChain;
import sluice.tron.tx.BlockRef;
import sluice.tron.tx.SignedTransfer;
import sluice.tron.tx.Transfer;

/**
 * The network is cut in two for 17 blocks and heals: T1 is a deposit of all that Ann has on the
 * side that loses, T2 spends the same on the side that wins, T3 lives an hour, T4 a minute. The
 * hub's node is on the side that loses. Nothing is credited that does not stand, and a payment that
 * was in blocks that vanished is made once.
 */
class ForkTest {
  private static final long HOUR = 3_600_000;
  @TempDir Path folder;

  private static SignedTransfer transfer(
      Town town,
      DevChain side,
      sluice.market.sign.PayKey from,
      PayAddress to,
      long amount,
      long life)
      throws Exception {
    return SignedTransfer.sign(
        new Transfer(from.address(), to, town.token, amount),
        new BlockRef(town.user.solidHead().id()),
        side.nowMillis() + amount,
        side.nowMillis() + life,
        BString.of(new byte[0]),
        from);
  }

  @Test
  void onlyWhatStandsCounts() throws Exception {
    try (Town town = new Town(20);
        Town.Office office = Town.Office.open(town, folder)) {
      PayAddress wallet = office.chain.address(0);
      town.send(Town.BOB, wallet, 5_000, HOUR);
      office.live(40);
      assertThat(office.available(Town.BOB)).isEqualTo(5_000);
      long forkPoint = town.chain.height();
      long solid = town.chain.solidHeight();

      DevChain other = town.chain.fork();
      SignedTransfer t1 = transfer(town, town.chain, Town.ANN, wallet, 1_000_000, HOUR);
      SignedTransfer t3 = transfer(town, town.chain, Town.BOB, wallet, 30_000, HOUR);
      SignedTransfer t4 = transfer(town, town.chain, Town.BOB, wallet, 40_000, 60_000);
      for (SignedTransfer tx : java.util.List.of(t1, t3, t4)) {
        assertThat(town.chain.submit(tx.message()).getResult()).isTrue();
      }
      Withdrawal withdrawal = TronGatewayTest.value(office.withdraw(Town.BOB, 1_002));
      office.work();
      office.live(13);
      assertThat(town.chain.heightOf(t1.txid())).isPresent();
      assertThat(town.chain.heightOf(t3.txid())).contains(forkPoint + 1);
      assertThat(office.state(withdrawal)).isEqualTo(Withdrawal.State.SENT);
      Withdrawal held = TronGatewayTest.value(office.withdraw(Town.BOB, 502));
      office.work();

      SignedTransfer t2 = transfer(town, other, Town.ANN, Town.BANK.address(), 1_000_000, HOUR);
      assertThat(other.submit(t2.message()).getResult()).isTrue();
      other.produce(24);
      assertThat(office.available(Town.ANN)).isZero();
      assertThat(town.chain.solidHeight()).isEqualTo(solid).isLessThan(forkPoint);

      town.chain.reorganize(other);
      assertThat(town.chain.heightOf(t1.txid())).isEmpty();
      assertThat(town.chain.heightOf(t2.txid())).isPresent();
      assertThat(town.chain.heightOf(t4.txid())).isEmpty();
      office.live(30);
      assertThat(town.chain.heightOf(t3.txid()).orElseThrow()).isGreaterThan(forkPoint + 1);
      assertThat(office.available(Town.ANN)).isZero();
      assertThat(office.available(Town.BOB)).isEqualTo(5_000 + 30_000 - 1_002 - 502);
      assertThat(office.state(withdrawal)).isEqualTo(Withdrawal.State.PAID);
      assertThat(office.state(held)).isEqualTo(Withdrawal.State.PAID);
      long owned = 1_000_000 - 5_000 - 30_000 + 1_000 + 500;
      assertThat(town.balance(Town.BOB.address())).isEqualTo(owned);
      assertThat(-office.account(AccountKind.HOT)).isEqualTo(town.balance(wallet));
    }
  }
}
