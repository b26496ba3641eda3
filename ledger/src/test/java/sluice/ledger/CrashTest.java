package sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.ledger.hub.Hub;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;
import sluice.testkit.DyingSource;

/**
 * A hub that dies before or after each single call to its database while it works through a script:
 * the client asks again, and in the end answers, balances and books are those of a run in which
 * nothing happened. {@code sluice.ledger.script} is the number of operations.
 */
class CrashTest {
  private static final long SEED = 20_261_126;
  private static final int LENGTH = Integer.getInteger("sluice.ledger.script", 8);
  private static final int MAX_CALLS_OF_STEP = 40;

  @ParameterizedTest
  @EnumSource
  void whereverItDiesNothingIsLostOrDoneTwice(Dialect dialect) {
    Script script = new Script(SEED, LENGTH);
    List<String> right = undisturbed(dialect, script);
    int crashes = 0;
    for (boolean after : new boolean[] {false, true}) {
      DyingSource source = new DyingSource(TestDatabases.empty(dialect));
      Run run = new Run(source, dialect);
      for (int step = 0; step < script.length(); step++) {
        int call = 1;
        for (; call <= MAX_CALLS_OF_STEP; call++) {
          run.live();
          boolean repeats = step > 0 && step < Script.MEMBERS;
          run.crashAt(repeats ? Integer.MAX_VALUE : call, after);
          String answer = run.step(script, step);
          if (run.isDead()) {
            crashes++;
          }
          if (!answer.isEmpty()) {
            assertThat(answer)
                .as("seed %d, step %d, call %d", SEED, step, call)
                .isEqualTo(right.get(step));
            break;
          }
        }
        assertThat(call).as("calls of step %d", step).isLessThan(MAX_CALLS_OF_STEP);
      }
      run.live();
      assertThat(run.balances()).as("seed %d", SEED).isEqualTo(right.getLast());
      run.audit();
      run.close();
    }
    System.out.println(dialect + ": " + crashes + " crashes in " + LENGTH + " operations");
    assertThat(crashes).isGreaterThan(LENGTH);
  }

  /** The hub has done what was asked, and dies before its reply has left. */
  @ParameterizedTest
  @EnumSource
  void whatWasNotHeardIsToldAgain(Dialect dialect) {
    Script script = new Script(SEED, LENGTH);
    List<String> right = undisturbed(dialect, script);
    Run run = new Run(new DyingSource(TestDatabases.empty(dialect)), dialect);
    for (int step = 0; step < script.length(); step++) {
      run.step(script, step);
      run.restart();
      assertThat(run.step(script, step))
          .as("seed %d, step %d", SEED, step)
          .isEqualTo(right.get(step));
    }
    assertThat(run.balances()).as("seed %d", SEED).isEqualTo(right.getLast());
    run.audit();
    run.close();
  }

  private static List<String> undisturbed(Dialect dialect, Script script) {
    Run run = new Run(new DyingSource(TestDatabases.empty(dialect)), dialect);
    List<String> answers = new ArrayList<>();
    for (int step = 0; step < script.length(); step++) {
      answers.add(run.step(script, step));
    }
    answers.add(run.balances());
    run.audit();
    run.close();
    return answers;
  }

  /**
   * A hub that is started again whenever it has died. What dies is all that a hub has in memory;
   * the pool stays most of the time, as it knows nothing of it and costs most of a start.
   */
  private static final class Run {
    private static final int OPEN_EACH = 64;

    private final DyingSource source;
    private final Dialect dialect;
    private Database database;
    private Hub hub;
    private int starts;

    Run(DyingSource source, Dialect dialect) {
      this.source = source;
      this.dialect = dialect;
      database = Database.open(source.source(), dialect);
      hub = start();
    }

    private Hub start() {
      Hub started = new Hub(database, Script.config(), () -> 1_000);
      Script.prepare(started);
      return started;
    }

    /** The next hub, on the same database, whose books are right. */
    void restart() {
      source.revive();
      if (++starts % OPEN_EACH == 0) {
        database.close();
        database = Database.open(source.source(), dialect);
      }
      hub = start();
      audit();
    }

    boolean isDead() {
      return source.isDead();
    }

    void crashAt(int call, boolean after) {
      source.dieIn(call, after);
    }

    /** What was answered; empty if it died over it. */
    String step(Script script, int number) {
      try {
        String answer = script.run(hub, number);
        source.live();
        return answer;
      } catch (JdbiException e) {
        assertThat(isDead()).as(e.toString()).isTrue();
        return "";
      }
    }

    /** This hub lives on, or the next one does. */
    void live() {
      if (isDead()) {
        restart();
      }
    }

    void audit() {
      assertThat(Audit.of(database).findings()).isEmpty();
    }

    String balances() {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < Script.MEMBERS; i++) {
        text.append(hub.balance(Script.member(i), Script.ASSET)).append(' ');
      }
      return text.toString();
    }

    void close() {
      database.close();
    }
  }
}
