package sluice.ledger.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.ledger.TestDatabases;
import sluice.ledger.hub.Hub;
import sluice.ledger.proof.ProofBook;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;

/**
 * A hub that dies around each reply of a script of calls over HTTP: in the midst of the request,
 * before the first byte of its reply, in the midst of it, and after it. Who hears nothing, or half
 * of an answer, asks the next hub with the same key; in the end answers and balances are those of a
 * run in which nothing happened. {@code sluice.ledger.script} is the number of calls.
 */
class ReplyCrashTest {
  private static final long SEED = 20_261_126;
  private static final int LENGTH = Integer.getInteger("sluice.ledger.script", 3);
  private static final long NOW = 1_000_000_000L;
  private static final int HALF_REQUEST = 300;
  private static final int HALF_REPLY = 25;

  /** Where a connection is cut, and the hub dies. */
  private enum Point {
    IN_REQUEST(HALF_REQUEST, Cutter.NEVER),
    BEFORE_REPLY(Cutter.NEVER, 0),
    IN_REPLY(Cutter.NEVER, HALF_REPLY);

    private final int ofRequest;
    private final int ofReply;

    Point(int ofRequest, int ofReply) {
      this.ofRequest = ofRequest;
      this.ofReply = ofReply;
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private int calls;

  /**
   * A hub from its start to its death. What dies is all that a hub has in memory, and its server;
   * connections to the database are new for each call of the script.
   */
  private final class Life implements AutoCloseable {
    private final Database database;
    private final Hub hub;
    private final HubServer server;

    Life(Database database) {
      this.database = database;
      hub = new Hub(database, HttpScript.config(), () -> NOW / 1_000);
      HttpScript.prepare(hub);
      ApiSettings settings = new ApiSettings(1_000_000, 1_000_000, 1_000_000, false);
      server =
          new HubServer(
              new Api(hub, new ProofBook(hub), () -> NOW, settings),
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    String ask(int port, HttpScript.Step step, int number)
        throws IOException, InterruptedException {
      Caller caller = new Caller(http, port, hub.domain(), HttpScript.member(step.member()), calls);
      calls++;
      return caller.post(step.path(), step.body(), "c-" + number, NOW);
    }

    String balances() {
      List<String> balances = new ArrayList<>();
      for (int i = 0; i < HttpScript.MEMBERS; i++) {
        balances.add(hub.balance(HttpScript.member(i).address(), HttpScript.ASSET).toString());
      }
      return balances.toString();
    }

    @Override
    public void close() {
      server.close();
      assertThat(Audit.of(database).findings()).isEmpty();
    }
  }

  private List<String> undisturbed(HttpScript script, Dialect dialect) throws Exception {
    List<String> answers = new ArrayList<>();
    try (Database database = Database.open(TestDatabases.empty(dialect), dialect);
        Life life = new Life(database)) {
      for (int i = 0; i < LENGTH; i++) {
        answers.add(life.ask(life.server.port(), script.steps().get(i), i));
      }
      answers.add(life.balances());
    }
    return answers;
  }

  @ParameterizedTest
  @EnumSource
  void whateverWasHeardOfAReplyEachCallCountsOnce(Dialect dialect) throws Exception {
    HttpScript script = new HttpScript(SEED, LENGTH);
    List<String> right = undisturbed(script, dialect);
    assertThat(right.stream().filter(a -> a.startsWith("200 ")).count())
        .as("%s", right)
        .isGreaterThan(LENGTH / 3);
    DataSource source = TestDatabases.empty(dialect);
    int deaths = 0;
    for (int i = 0; i < LENGTH; i++) {
      try (Database database = Database.open(source, dialect)) {
        deaths += die(database, script.steps().get(i), i, right.get(i));
      }
    }
    try (Database database = Database.open(source, dialect);
        Life life = new Life(database)) {
      assertThat(life.balances()).as("seed %d", SEED).isEqualTo(right.getLast());
    }
    http.close();
    System.out.println(dialect + ": " + deaths + " deaths around " + LENGTH + " replies");
  }

  /** Dies at each point around the reply to a step, and once after it; how often. */
  private int die(Database database, HttpScript.Step step, int number, String right)
      throws Exception {
    int deaths = 0;
    for (Point point : Point.values()) {
      try (Life life = new Life(database);
          Cutter cutter = new Cutter(life.server.port(), point.ofRequest, point.ofReply)) {
        assertThat(heard(life, cutter.port(), step, number)).as("%d %s", number, point).isEmpty();
        deaths++;
      }
    }
    try (Life life = new Life(database)) {
      assertThat(life.ask(life.server.port(), step, number))
          .as("seed %d, step %d %s", SEED, number, step)
          .isEqualTo(right);
      return deaths + 1;
    }
  }

  /** What was answered; empty if that was cut. */
  private static String heard(Life life, int port, HttpScript.Step step, int number)
      throws InterruptedException {
    try {
      return life.ask(port, step, number);
    } catch (IOException cut) {
      return "";
    }
  }
}
