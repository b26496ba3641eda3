package sluice.ledger.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import sluice.ledger.TestDatabases;
import sluice.ledger.client.HubClient;
import sluice.ledger.serve.LedgerSettings;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.market.sign.PayKey;

/**
 * Two hub processes on one PostgreSQL, of which one is killed while 16 members take coins from
 * both: whoever hears nothing asks the other with the same key, and each request counts once.
 */
class HubProcessesTest {
  private static final int MEMBERS = 16;
  private static final int REQUESTS = 12;
  private static final int BEFORE_KILL = MEMBERS * REQUESTS / 3;
  private static final long PATIENCE_SECONDS = 60;
  private static final String COINS = LedgerSettings.TEST_COINS;
  private static final String BODY = "{\"asset\":\"" + COINS + "\",\"amount\":\"7\"}";

  private final CountDownLatch answers = new CountDownLatch(BEFORE_KILL);

  private static PayKey key(int number) {
    return PayKey.of(ByteBuffer.allocate(32).putInt(28, 500 + number).array()).orElseThrow();
  }

  @Test
  void aRequestCountsOnceWhicheverHubAnswersIt() throws Exception {
    String database = TestDatabases.postgresUrl();
    try (HubProcess one = HubProcess.start(database);
        HubProcess two = HubProcess.start(database);
        HttpClient http = HttpClient.newHttpClient();
        HubClient client = HubClient.connect(two.url());
        ExecutorService threads = Executors.newFixedThreadPool(MEMBERS)) {
      List<Future<?>> members = new ArrayList<>();
      for (int i = 0; i < MEMBERS; i++) {
        int number = i;
        members.add(
            threads.submit(() -> {
              ask(http, client, List.of(one, two), key(number));
              return number;
            }));
      }
      assertThat(answers.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("%s", members).isTrue();
      one.kill();
      for (Future<?> member : members) {
        member.get();
      }
      for (int i = 0; i < MEMBERS; i++) {
        assertThat(client.member(key(i)).balance(COINS).availableMicros()).isEqualTo(7 * REQUESTS);
      }
    }
    try (Database books = Database.open(database)) {
      assertThat(Audit.of(books).findings()).isEmpty();
    }
  }

  /** Asks for the same number of coins again and again, each time with a key of its own. */
  private void ask(HttpClient http, HubClient client, List<HubProcess> hubs, PayKey key)
      throws IOException, InterruptedException {
    List<Caller> callers = new ArrayList<>();
    for (HubProcess hub : hubs) {
      callers.add(new Caller(http, hub.port(), client.domain(), key));
    }
    assertThat(callers.get(1).post("/v1/accounts", "{}", "a", System.currentTimeMillis()))
        .startsWith("200 ");
    for (int i = 0; i < REQUESTS; i++) {
      String heard = "";
      for (int hub = i; heard.isEmpty(); hub++) {
        try {
          heard =
              callers.get(hub % 2).post("/v1/faucet", BODY, "c-" + i, System.currentTimeMillis());
        } catch (IOException killed) {
          heard = "";
        }
      }
      assertThat(heard).startsWith("200 ");
      answers.countDown();
    }
  }
}
