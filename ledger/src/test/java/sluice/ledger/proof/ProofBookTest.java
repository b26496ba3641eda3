package sluice.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.ledger.TestDatabases;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.HubConfig;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;
import sluice.market.sign.PayKey;
import sluice.market.sign.Voucher;
import tools.jackson.databind.node.ObjectNode;

/** What a hub publishes, and what a member can find out by its own part alone. */
class ProofBookTest {
  private static final String ASSET = "test:coins";

  private static PayKey key(int number) {
    return PayKey.of(ByteBuffer.allocate(32).putInt(28, number).array()).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void eachMemberFindsWhatItIsOwed(Dialect dialect) {
    try (Database database = Database.open(TestDatabases.empty(dialect), dialect)) {
      Hub hub = new Hub(database, HubConfig.of(1, key(99), Set.of(ASSET)), () -> 1_000);
      ProofBook book = new ProofBook(hub);
      assertThat(book.publish(ASSET)).isEmpty();
      assertThat(book.latest(ASSET)).isEmpty();
      hub.transact(desk -> {
        for (int i = 1; i <= 5; i++) {
          desk.register(key(i).address());
          desk.deposit(key(i).address(), ASSET, i * 100L, "tx" + i);
        }
        desk.payUnder(key(2).address(), key(20).address());
        desk.open(key(5).address(), key(50).address(), key(20).address(), ASSET, 200, 60);
        return desk.redeem(new Voucher(desk.channelOf(key(50).address()), 150));
      });
      SignedTotal total = book.publish(ASSET).orElseThrow();
      assertThat(total.liabilities().total()).isEqualTo(1_500);
      assertThat(total.liabilities().members()).isEqualTo(5);
      assertThat(book.latest(ASSET)).contains(total);
      long[] owed = {0, 100, 350, 300, 400, 350};
      for (int i = 1; i <= 5; i++) {
        AccountProof proof = book.proof(key(i).address(), ASSET).orElseThrow();
        assertThat(proof.problem()).isEmpty();
        assertThat(proof.micros()).isEqualTo(owed[i]);
        assertThat(ProofJson.read(ProofJson.of(proof).toString())).isEqualTo(proof);
      }
      assertThat(book.proof(key(6).address(), ASSET)).isEmpty();
      forged(ProofJson.of(book.proof(key(3).address(), ASSET).orElseThrow()));

      // What changes later is in the next one; the one before is kept, older ones are not.
      hub.transact(desk -> desk.deposit(key(1).address(), ASSET, 1, "more"));
      assertThat(book.proof(key(1).address(), ASSET).orElseThrow().micros()).isEqualTo(100);
      book.publish(ASSET);
      book.publish(ASSET);
      assertThat(book.proof(key(1).address(), ASSET).orElseThrow().micros()).isEqualTo(101);
      assertThat(
              database.<Integer>read(handle ->
                  handle.createQuery("select count(*) from liability").mapTo(Integer.class).one()))
          .isEqualTo(2);
    }
  }

  private static void forged(ObjectNode proof) {
    String[][] changes = {
      {"amount", "301", "another root"},
      {"account", key(1).address().hex(), "another root"},
      {"total", "1499", "did not sign"},
      {"time", "1001", "did not sign"},
      {"asset", "other:coins", "did not sign"},
      {"hub", "00".repeat(32), "did not sign"},
      {"members", "6", "did not sign"},
      {"index", "9", "no root"},
    };
    for (String[] change : changes) {
      ObjectNode copy = proof.deepCopy().put(change[0], change[1]);
      assertThat(ProofJson.read(copy.toString()).problem().orElse(""))
          .as(change[0])
          .contains(change[2]);
    }
    for (String broken : new String[] {"", "[]", "{}", "{\"asset\":1}", "x"}) {
      assertThatThrownBy(() -> ProofJson.read(broken)).isInstanceOf(IllegalArgumentException.class);
    }
    ObjectNode negative = proof.deepCopy().put("amount", "-1");
    assertThatThrownBy(() -> ProofJson.read(negative.toString()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
