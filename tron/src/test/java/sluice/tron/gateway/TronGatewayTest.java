package sluice.tron.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.ledger.book.AccountKind;
import sluice.ledger.hub.Outcome;
import sluice.ledger.hub.Withdrawal;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.tron.node.Broadcast;

/** Coins on the chain, in the books, and back on the chain. */
class TronGatewayTest {
  private static final long LIFE = 600_000;
  @TempDir Path folder;

  @Test
  void coinsComeAndGo() throws Exception {
    try (Town town = new Town(20);
        Town.Office office = Town.Office.open(town, folder)) {
      PayAddress wallet = office.chain.address(0);
      assertThat(town.send(Town.ANN, wallet, 5_000, LIFE).code())
          .isEqualTo(Broadcast.Code.ACCEPTED);
      assertThat(town.send(Town.BANK, wallet, 70, LIFE).code()).isEqualTo(Broadcast.Code.ACCEPTED);
      office.live(20);
      assertThat(office.available(Town.ANN)).isZero();
      office.live(1);
      assertThat(office.available(Town.ANN)).isEqualTo(5_000);
      assertThat(office.account(AccountKind.SUSPENSE)).isEqualTo(70);

      long before = town.balance(Town.ANN.address());
      Withdrawal withdrawal = value(office.withdraw(Town.ANN, 1_002));
      office.work();
      assertThat(office.state(withdrawal)).isEqualTo(Withdrawal.State.SENT);
      office.live(21);
      assertThat(office.state(withdrawal)).isEqualTo(Withdrawal.State.PAID);
      assertThat(town.balance(Town.ANN.address())).isEqualTo(before + 1_000);
      assertThat(office.available(Town.ANN)).isEqualTo(3_998);
      assertThat(-office.account(AccountKind.HOT)).isEqualTo(town.balance(wallet));
      assertThat(office.gateway.status().alarms()).isEmpty();
    }
  }

  @Test
  void anAddressOfItsOwnTakesCoinsFromAnywhere() throws Exception {
    try (Town town = new Town(2);
        Town.Office office = Town.Office.open(town, folder)) {
      PayAddress bobs =
          value(office.hub.transact(d -> office.gateway.depositAddress(d, Town.BOB.address())));
      PayAddress again =
          value(office.hub.transact(d -> office.gateway.depositAddress(d, Town.BOB.address())));
      assertThat(again).isEqualTo(bobs).isNotEqualTo(office.chain.address(0));
      town.send(Town.BANK, bobs, 900, LIFE);
      office.live(4);
      assertThat(office.available(Town.BOB)).isEqualTo(900);
      assertThat(town.balance(office.chain.address(0))).isZero();
      Withdrawal withdrawal = value(office.withdraw(Town.BOB, 502));
      office.work();
      assertThat(office.state(withdrawal)).isEqualTo(Withdrawal.State.REQUESTED);
      assertThat(office.gateway.status().alarms()).anyMatch(a -> a.contains("has not the 500"));
      office.live(8);
      assertThat(office.state(withdrawal)).isEqualTo(Withdrawal.State.PAID);
      assertThat(office.available(Town.BOB)).isEqualTo(398);
      assertThat(town.balance(office.chain.address(0))).isEqualTo(400);
      assertThat(-office.account(AccountKind.HOT)).isEqualTo(400);
    }
  }

  static <T> T value(Outcome<T> outcome) {
    return ((Outcome.Done<T>) outcome).value();
  }

  static PayKey stranger() {
    return Town.key("stranger");
  }
}
