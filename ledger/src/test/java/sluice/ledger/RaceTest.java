package sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ledger.Keys.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.ledger.hub.Balance;
import sluice.ledger.hub.Certified;
import sluice.ledger.hub.Channel;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.HubConfig;
import sluice.ledger.hub.Outcome;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;
import sluice.market.sign.PayAddress;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;

/** 64 clients of two hubs on one database that all want the same thing at the same time. */
class RaceTest {
  private static final int CLIENTS = 64;
  private static final String ASSET = "test:coins";
  private static final PayAddress ANN = key(1).address();
  private static final PayAddress BOB = key(2).address();
  private static final PayAddress ALIAS = key(4).address();

  private interface Race<T> {
    T run(Hub hub, int client) throws Exception;
  }

  private static <T> List<T> race(Hub one, Hub other, Race<T> race) throws Exception {
    CyclicBarrier start = new CyclicBarrier(CLIENTS);
    List<Callable<T>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      clients.add(() -> {
        start.await();
        return race.run(client % 2 == 0 ? one : other, client);
      });
    }
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (Future<T> future : threads.invokeAll(clients)) {
        results.add(future.get());
      }
    }
    return results;
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsPaidTwiceAndNothingIsNegative(Dialect dialect) throws Exception {
    DataSource source = TestDatabases.empty(dialect);
    HubConfig config = HubConfig.of(1, key(99), Set.of(ASSET));
    try (Database first = Database.open(source, dialect);
        Database second = Database.open(source, dialect)) {
      Hub one = new Hub(first, config, () -> 1_000);
      Hub other = new Hub(second, config, () -> 1_000);
      one.transact(desk -> {
        desk.register(ANN);
        desk.register(BOB);
        desk.payUnder(BOB, ALIAS);
        return desk.deposit(ANN, ASSET, 1_000, "tx");
      });

      // The same balance: ten channels of 100 can be paid for, however many ask.
      List<Outcome<Certified>> opened =
          race(
              one,
              other,
              (hub, client) ->
                  hub.transact(
                      desk -> desk.open(ANN, key(1_000 + client).address(), ALIAS, ASSET, 100, 9)));
      List<Hash> channels = new ArrayList<>();
      for (Outcome<Certified> outcome : opened) {
        if (outcome instanceof Outcome.Done<Certified>(Certified done)) {
          channels.add(done.cert().channel());
        }
      }
      assertThat(channels).hasSize(10);

      // The same channel: many vouchers, paid up to the highest.
      Hash channel = channels.getFirst();
      race(
          one,
          other,
          (hub, client) -> hub.transact(desk -> desk.redeem(new Voucher(channel, client + 1))));
      assertThat(one.balance(BOB, ASSET)).isEqualTo(new Balance(64, 0, 0));

      // The same key of a request: one answer, one effect.
      List<Optional<String>> answers =
          race(
              one,
              other,
              (hub, client) ->
                  hub.once(
                      ANN,
                      "the same",
                      "00",
                      desk -> client + " " + desk.deposit(ANN, ASSET, 7, "tx of " + client)));
      assertThat(Set.copyOf(answers)).hasSize(1);
      assertThat(one.balance(ANN, ASSET)).isEqualTo(new Balance(7, 1_000 - 64, 0));

      sameEnd(one, other, channel);
      closeAgainstRedeem(one, other, channels.subList(1, channels.size()));
      assertThat(Audit.of(second).findings()).isEmpty();
    }
  }

  /** The rest of a channel goes back once. */
  private static void sameEnd(Hub one, Hub other, Hash channel) throws Exception {
    race(one, other, (hub, client) -> hub.transact(desk -> desk.close(BOB, channel)));
    assertThat(one.balance(ANN, ASSET)).isEqualTo(new Balance(7 + 36, 900, 0));
  }

  /** Ends of channels and vouchers for all that is in them: whichever is first, once. */
  private static void closeAgainstRedeem(Hub one, Hub other, List<Hash> channels) throws Exception {
    Balance ann = one.balance(ANN, ASSET);
    Balance bob = one.balance(BOB, ASSET);
    List<String> answers =
        race(
            one,
            other,
            (hub, client) -> {
              Hash channel = channels.get(client % channels.size());
              PayAddress who = client % 4 == 0 ? BOB : ANN;
              return client % 3 == 0
                  ? hub.transact(desk -> desk.close(who, channel)).toString()
                  : hub.transact(desk -> desk.redeem(new Voucher(channel, 100))).toString();
            });
    long paid = 0;
    long open = 0;
    for (Hash id : channels) {
      Channel channel = one.channel(id).orElseThrow();
      assertThat(channel.paidMicros()).isIn(0L, 100L);
      paid += channel.paidMicros();
      open += channel.lockedMicros();
    }
    assertThat(one.balance(BOB, ASSET).availableMicros()).isEqualTo(bob.availableMicros() + paid);
    assertThat(one.balance(ANN, ASSET))
        .as(answers.toString())
        .isEqualTo(
            new Balance(ann.availableMicros() + 100L * channels.size() - paid - open, open, 0));
  }
}
