package sluice.daemon.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What answers requests of one method to one path.
 *
 * @param method of HTTP
 * @param path with parts such as <code>{hash}</code> that stand for anything
 * @param dialect in which it is spoken to
 * @param scope that its callers need; empty: anybody may call it
 * @param maxBodyBytes longest body
 * @param handler does it
 */
public record Route(
    String method,
    List<String> path,
    Dialect dialect,
    Optional<Scope> scope,
    int maxBodyBytes,
    Handler handler) {
  /** Longest body of an ordinary request. */
  public static final int MAX_BYTES = 1 << 20;

  /** Longest body of one that brings files. */
  public static final int MAX_UPLOAD_BYTES = 10 << 20;

  public Route {
    path = List.copyOf(path);
  }

  /** Answers requests; may block. */
  @FunctionalInterface
  public interface Handler {
    /** The answer; a {@link Problem} is one, too. */
    Reply answer(Request request);
  }

  /** A route for callers with {@code scope}. */
  public static Route of(
      String method, String path, Dialect dialect, Scope scope, Handler handler) {
    return new Route(method, split(path), dialect, Optional.of(scope), MAX_BYTES, handler);
  }

  /** A route for anybody. */
  public static Route open(String method, String path, Dialect dialect, Handler handler) {
    return new Route(method, split(path), dialect, Optional.empty(), MAX_BYTES, handler);
  }

  /** The same for bodies with files. */
  public Route uploads() {
    return new Route(method, path, dialect, scope, MAX_UPLOAD_BYTES, handler);
  }

  /** Whether it may change something. */
  public boolean isChanging() {
    return !method.equals("GET");
  }

  /** As it is written down. */
  public String pattern() {
    return "/" + String.join("/", path);
  }

  /** The parts of the path that it names, if it is a route for {@code parts}. */
  Optional<Map<String, String>> match(List<String> parts) {
    if (parts.size() != path.size()) {
      return Optional.empty();
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = path.get(i);
      if (isVariable(part)) {
        variables.put(part.substring(1, part.length() - 1), parts.get(i));
      } else if (!part.equals(parts.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }

  /** Whether it has no part that stands for anything. */
  boolean isFixed() {
    return path.stream().noneMatch(Route::isVariable);
  }

  private static boolean isVariable(String part) {
    return part.startsWith("{");
  }

  static List<String> split(String path) {
    return List.of(path.substring(1).split("/", -1));
  }
}
