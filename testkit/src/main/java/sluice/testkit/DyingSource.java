package sluice.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Connections to a database that go away at a chosen step, like those of a process that is killed:
 * before the step, when the database never hears of it, or after it, when the answer is lost. From
 * then on none of them does anything. Any thread.
 */
public final class DyingSource {
  private static final Set<String> STEPS =
      Set.of("execute", "executeUpdate", "executeQuery", "executeLargeUpdate", "commit");

  /** The class of broken connections: a pool gives them up. */
  private static final String GONE = "08006";

  private final DataSource real;
  private final AtomicLong steps = new AtomicLong();
  private volatile long last = Long.MAX_VALUE;
  private volatile boolean after;
  private volatile boolean moments;
  private volatile boolean dead;

  /** Connections of {@code real} that do not die yet. */
  public DyingSource(DataSource real) {
    this.real = real;
  }

  /** Dies at the step {@code more} from here, counted from 1: before it or after it. */
  public void dieIn(long more, boolean afterIt) {
    after = afterIt;
    last = steps.get() + more;
  }

  /**
   * Dies at the moment {@code more} from here, counted from 1. A moment is before a statement
   * (after the one before it is the same), before a commit, after it, or a step of the process's
   * own.
   */
  public void dieIn(long more) {
    after = false;
    moments = true;
    last = steps.get() + more;
  }

  /** The process is started again, and does not die until it is told to. */
  public void revive() {
    dead = false;
    last = Long.MAX_VALUE;
  }

  /** Does not die any more, unless it has. */
  public void live() {
    last = Long.MAX_VALUE;
  }

  /** The steps until now. */
  public long steps() {
    return steps.get();
  }

  /** Whether it has died. */
  public boolean isDead() {
    return dead;
  }

  /** A step of the process outside the database; true if it is dead then. */
  public boolean step() {
    if (steps.incrementAndGet() >= last) {
      dead = true;
    }
    return dead;
  }

  /** The connections that do not die. */
  public DataSource real() {
    return real;
  }

  /** The connections that die. */
  public DataSource source() {
    return proxy(
        DataSource.class,
        (self, method, arguments) -> {
          Object result = invoke(real, method, arguments);
          return result instanceof Connection connection ? connection(connection) : result;
        });
  }

  private Connection connection(Connection connection) {
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          Object result = call(connection, connection, method, arguments);
          return result instanceof PreparedStatement statement
              ? proxy(PreparedStatement.class, (s, m, a) -> call(connection, statement, m, a))
              : result;
        });
  }

  private Object call(Connection connection, Object target, Method method, Object[] arguments)
      throws Throwable {
    String name = method.getName();
    if (dead && !name.equals("close") && !name.equals("isClosed")) {
      throw new SQLException("dead", GONE);
    }
    boolean isStep = STEPS.contains(name);
    if (isStep && step()) {
      if (after) {
        invoke(target, method, arguments);
      }
      throw end(connection);
    }
    Object result = invoke(target, method, arguments);
    if (moments && name.equals("commit") && step()) {
      throw end(connection);
    }
    return result;
  }

  /** Without a commit: the database undoes what is open. */
  private static SQLException end(Connection connection) throws SQLException {
    connection.close();
    return new SQLException("dead", GONE);
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
