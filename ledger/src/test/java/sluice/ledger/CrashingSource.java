package sluice.ledger;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * Connections that go away at a chosen call, like those of a process that is killed: before it,
 * when the database never hears of it, or after it, when the answer is lost. From then on none of
 * them does anything.
 */
final class CrashingSource {
  private static final Set<String> CALLS =
      Set.of("execute", "executeUpdate", "executeQuery", "executeLargeUpdate", "commit");

  private final DataSource source;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile int crashAt = Integer.MAX_VALUE;
  private volatile boolean after;
  private volatile boolean dead;

  CrashingSource(DataSource source) {
    this.source = source;
  }

  /** Crashes at call {@code number}, counted from here, from 1. */
  void crashAt(int number, boolean afterIt) {
    calls.set(0);
    after = afterIt;
    crashAt = number;
  }

  DataSource real() {
    return source;
  }

  boolean isDead() {
    return dead;
  }

  DataSource source() {
    return proxy(
        DataSource.class,
        (self, method, arguments) -> {
          Object result = invoke(source, method, arguments);
          return result instanceof Connection connection ? connection(connection) : result;
        });
  }

  private Connection connection(Connection real) {
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          Object result = call(real, real, method, arguments);
          return result instanceof PreparedStatement statement
              ? statement(real, statement)
              : result;
        });
  }

  private PreparedStatement statement(Connection connection, PreparedStatement real) {
    return proxy(
        PreparedStatement.class,
        (self, method, arguments) -> call(connection, real, method, arguments));
  }

  private Object call(Connection connection, Object real, Method method, Object[] arguments)
      throws Throwable {
    boolean closes = method.getName().equals("close") || method.getName().equals("isClosed");
    if (dead && !closes) {
      throw new SQLException("crashed");
    }
    if (!CALLS.contains(method.getName()) || calls.incrementAndGet() != crashAt) {
      return invoke(real, method, arguments);
    }
    if (after) {
      invoke(real, method, arguments);
    }
    dead = true;
    connection.close(); // without a commit: the database undoes what is open
    throw new SQLException("crashed");
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
