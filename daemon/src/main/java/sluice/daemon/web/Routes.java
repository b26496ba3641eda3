package sluice.daemon.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All routes. Immutable. */
public final class Routes {
  /** Most parts of a path. */
  private static final int MAX_PARTS = 32;

  private final List<Route> all;
  private final Map<String, Route> fixed = new HashMap<>();
  private final List<Route> others = new ArrayList<>();

  /** These routes, of which no two are for the same. */
  public Routes(List<Route> routes) {
    all = List.copyOf(routes);
    for (Route route : all) {
      if (!route.isFixed()) {
        others.add(route);
      } else if (fixed.put(route.method() + " " + route.pattern(), route) != null) {
        throw new IllegalArgumentException("two routes for " + route.pattern());
      }
    }
  }

  /** A route and the parts of the path that it names. */
  record Found(Route route, Map<String, String> variables) {}

  /** All of them. */
  public List<Route> all() {
    return all;
  }

  /**
   * The route for {@code path}, which is decoded.
   *
   * @throws Problem if there is none
   */
  Found find(String method, String path) {
    Optional<Found> found = look(method, path);
    if (found.isPresent()) {
      return found.get();
    }
    if (List.of("GET", "POST", "PUT", "PATCH", "DELETE").stream()
        .anyMatch(other -> look(other, path).isPresent())) {
      throw new Problem(405, "method", method + " is not for " + path);
    }
    throw Problem.missing("there is nothing at this address");
  }

  private Optional<Found> look(String method, String path) {
    Route exact = fixed.get(method + " " + path);
    if (exact != null) {
      return Optional.of(new Found(exact, Map.of()));
    }
    List<String> parts = Route.split(path);
    if (parts.size() > MAX_PARTS) {
      return Optional.empty();
    }
    for (Route route : others) {
      if (route.method().equals(method)) {
        Optional<Map<String, String>> variables = route.match(parts);
        if (variables.isPresent()) {
          return Optional.of(new Found(route, variables.get()));
        }
      }
    }
    return Optional.empty();
  }
}
