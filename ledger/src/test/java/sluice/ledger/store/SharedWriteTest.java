package sluice.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.ledger.TestDatabases;
import sluice.ledger.book.Account;
import sluice.ledger.book.AccountKind;
import sluice.ledger.book.Entry;
import sluice.ledger.book.EntryKind;
import sluice.testkit.DyingSource;

/** Writers that wait while another one writes. */
class SharedWriteTest {
  private static final String ASSET = "test:coins";
  private static final Account BOB = Account.available("b0b", ASSET);
  private static final Account HOT = Account.hub(AccountKind.HOT, ASSET);

  private DyingSource source;
  private Database database;
  private CountDownLatch mayEnd = new CountDownLatch(0);
  private final List<Thread> threads = new ArrayList<>();

  private void open(Dialect dialect) {
    source = new DyingSource(TestDatabases.empty(dialect));
    database = Database.open(source.source(), dialect);
  }

  @AfterEach
  void close() throws InterruptedException {
    mayEnd.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    database.close();
  }

  /** Starts a writer, and returns once it waits for its turn. */
  private <T> FutureTask<T> waiting(boolean shares, Function<Books, T> work) {
    FutureTask<T> task =
        new FutureTask<>(() -> shares ? database.share(7, work) : database.write(7, work));
    Thread thread = Thread.ofPlatform().start(task);
    threads.add(thread);
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return task;
  }

  /** Has a writer in the midst of its transaction until {@link #mayEnd}. */
  private void hold() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    mayEnd = end;
    Function<Books, String> work =
        books -> {
          begun.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return "";
        };
    threads.add(Thread.ofPlatform().start(() -> database.write(7, work)));
    begun.await();
  }

  private static Books deposit(Books books, String reference) {
    books.post(Entry.move(EntryKind.DEPOSIT, reference, HOT, BOB, 10));
    return books;
  }

  private long bobs() {
    return database.read(handle -> Books.balance(handle, BOB));
  }

  @ParameterizedTest
  @EnumSource
  void areCommittedTogether(Dialect dialect) throws Exception {
    open(dialect);
    hold();
    List<FutureTask<Books>> shared = new ArrayList<>();
    for (int i = 0; i < WriteQueue.MOST; i++) {
      String reference = "tx" + i;
      shared.add(waiting(true, books -> deposit(books, reference)));
    }
    FutureTask<Books> alone = waiting(false, books -> deposit(books, "alone"));
    FutureTask<Books> last = waiting(true, books -> deposit(books, "last"));
    mayEnd.countDown();

    Books one = shared.getFirst().get();
    for (FutureTask<Books> task : shared) {
      assertThat(task.get()).isSameAs(one);
    }
    assertThat(alone.get()).isNotSameAs(one);
    assertThat(last.get()).isNotSameAs(one).isNotSameAs(alone.get());
    assertThat(bobs()).isEqualTo(10L * (WriteQueue.MOST + 2));
    assertThat(Audit.of(database).findings()).isEmpty();
  }

  /** What one of them throws undoes its own work, and nobody else's. */
  @ParameterizedTest
  @EnumSource
  void doNotSufferFromEachOther(Dialect dialect) throws Exception {
    open(dialect);
    hold();
    FutureTask<Books> before = waiting(true, books -> deposit(books, "before"));
    FutureTask<Books> wrong =
        waiting(
            true,
            books -> {
              deposit(books, "wrong");
              throw new LedgerFault("wrong");
            });
    FutureTask<Books> twice = waiting(true, books -> deposit(books, "before"));
    FutureTask<Books> after = waiting(true, books -> deposit(books, "after"));
    mayEnd.countDown();

    before.get();
    after.get();
    assertThatThrownBy(wrong::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(LedgerFault.class);
    assertThatThrownBy(twice::get).isInstanceOf(ExecutionException.class);
    assertThat(bobs()).isEqualTo(20);
    assertThat(Audit.of(database).findings()).isEmpty();
  }

  /**
   * The connection breaks at each step of the shared transaction: all of it is done, or nothing.
   */
  @ParameterizedTest
  @EnumSource
  void dieTogether(Dialect dialect) throws Exception {
    open(dialect);
    for (int step = 1; ; step++) {
      int round = step;
      long had = bobs();
      hold();
      FutureTask<Books> one = waiting(true, books -> deposit(books, "one" + round));
      FutureTask<Books> other = waiting(true, books -> deposit(books, "other" + round));
      source.dieIn(1L + step, step % 2 == 0); // the first one's commit is a step, too
      mayEnd.countDown();
      boolean ones = isDone(one);
      boolean others = isDone(other);
      boolean died = source.isDead();
      source.revive();
      assertThat(bobs() - had).as("step %d", step).isIn(0L, 20L);
      assertThat(ones).as("step %d", step).isEqualTo(others);
      if (ones) {
        assertThat(bobs() - had).isEqualTo(20);
      }
      assertThat(Audit.of(database).findings()).isEmpty();
      if (!died) {
        assertThat(step).isGreaterThan(8);
        return;
      }
    }
  }

  private static boolean isDone(FutureTask<Books> task) throws InterruptedException {
    try {
      task.get();
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }
}
