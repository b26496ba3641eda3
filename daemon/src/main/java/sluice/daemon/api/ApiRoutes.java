package sluice.daemon.api;

import java.util.ArrayList;
import java.util.List;
import sluice.daemon.web.Route;

/** All routes below {@code /api/v1}. */
public final class ApiRoutes {
  private final List<Route> routes = new ArrayList<>();

  /** The API over {@code context}. */
  public ApiRoutes(ApiContext context) {
    routes.addAll(new SessionRoutes(context).routes());
  }

  /** The routes. */
  public List<Route> routes() {
    return List.copyOf(routes);
  }
}
