package sluice.tron.gateway;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Connections that end like those of a process that is killed at one of its steps: calls to the
 * database and to the chain are counted together. From then on nothing happens any more.
 */
final class DyingSource {
  private static final Set<String> CALLS =
      Set.of("execute", "executeUpdate", "executeQuery", "commit");

  private final DataSource real;
  private long steps;
  private long diesAt = Long.MAX_VALUE;
  private boolean dead;

  DyingSource(DataSource real) {
    this.real = real;
  }

  /** Dies at the step {@code more} from here; odd ones after it is done, even ones before. */
  void dieIn(long more) {
    diesAt = steps + more;
  }

  boolean isDead() {
    return dead;
  }

  /** A step of the process outside the database; true if it dies with it. */
  boolean step() {
    dead |= ++steps >= diesAt;
    return dead;
  }

  DataSource source() {
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
    boolean closes = method.getName().equals("close") || method.getName().equals("isClosed");
    if (dead && !closes) {
      throw new SQLException("dead");
    } else if (!CALLS.contains(method.getName()) || !step()) {
      return invoke(target, method, arguments);
    }
    if (steps % 2 == 1) {
      invoke(target, method, arguments);
    }
    connection.close(); // without a commit: the database undoes what is open
    throw new SQLException("dead");
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
