package sluice.daemon.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.daemon.web.Dialect;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Route;

/** The web page: it has no secrets, so anybody may have it; what it shows comes by the API. */
public final class PageRoutes {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=UTF-8",
          "js", "text/javascript; charset=UTF-8",
          "css", "text/css; charset=UTF-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "webmanifest", "application/manifest+json");

  private static final String HASHED = ".*-[A-Za-z0-9_-]{8}\\.[a-z]+";
  private static final String A_DAY = "public, max-age=86400";

  private final Bundle bundle = new Bundle();

  /** The routes. */
  public List<Route> routes() {
    return List.of(
        Route.open("GET", "/", Dialect.PAGE, request -> start()),
        Route.open("GET", "/ui/{file}", Dialect.PAGE, this::file));
  }

  private Reply start() {
    Optional<byte[]> page = bundle.file("index.html");
    return page.<Reply>map(bytes ->
            new Reply.Whole(200, Map.of("Content-Type", "text/html; charset=UTF-8"), bytes))
        .orElseGet(() ->
            Reply.text("This Sluice was built without its page; its APIs are at this address.\n"));
  }

  /** Most names change with their content, so that browsers may keep such files. */
  private Reply file(Request request) {
    String name = request.variable("file");
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return bundle
        .file(name)
        .map(bytes ->
            new Reply.Whole(
                200,
                Map.of(
                    "Content-Type",
                    TYPES.getOrDefault(ending, "application/octet-stream"),
                    "Cache-Control",
                    name.matches(HASHED) ? "public, max-age=31536000, immutable" : A_DAY),
                bytes))
        .orElseThrow(() -> Problem.missing("the page has no such file"));
  }
}
