package sluice.daemon.web;

import java.util.Map;

/** Says no in each dialect. */
final class Refusal {
  private Refusal() {}

  static Reply of(Dialect dialect, Problem problem) {
    return switch (dialect) {
      case OWN, PAGE ->
          new Reply.Whole(
              problem.status(),
              Map.of("Content-Type", "application/problem+json"),
              Json.bytes(
                  Json.object()
                      .put("status", problem.status())
                      .put("code", problem.code())
                      .put("detail", problem.detail())));
      case QBITTORRENT ->
          Reply.of(
              problem.status(),
              "text/plain; charset=UTF-8",
              problem.status() == 403 ? "Forbidden" : problem.detail());
      case TRANSMISSION ->
          problem.status() == 401
              ? Reply.of(401, "text/html", "<h1>401: Unauthorized</h1>")
                  .with("WWW-Authenticate", "Basic realm=\"Sluice\"")
              : Reply.of(problem.status(), "text/html", "<h1>" + problem.status() + "</h1>");
    };
  }
}
