package sluice.daemon.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sluice.daemon.web.Dialect;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Route;

/**
 * Another page than ours, from a folder of the user: VueTorrent, or the web client of Transmission.
 * If the folder has {@code public}, as qBittorrent wants it, that is served. Links that lead out of
 * the folder are not followed.
 */
public final class OtherPage {
  private static final int MAX_BYTES = 64 << 20;

  /** Deepest path that is served. */
  private static final int MAX_DEPTH = 8;

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=UTF-8"),
          Map.entry("js", "text/javascript"),
          Map.entry("mjs", "text/javascript"),
          Map.entry("css", "text/css"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("gif", "image/gif"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff", "font/woff"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("ttf", "font/ttf"));

  private final Path root;

  /** The page in {@code folder}. */
  public OtherPage(Path folder) {
    Path inside = folder.resolve("public");
    root = Files.isDirectory(inside) ? inside : folder;
  }

  /** Its routes: at the root, and where Transmission's client looks for itself. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String at : List.of("/transmission/web", "")) {
      StringBuilder path = new StringBuilder(at);
      routes.add(Route.open("GET", at + "/", Dialect.PAGE, request -> serve(request, 0)));
      for (int depth = 1; depth <= MAX_DEPTH; depth++) {
        path.append("/{p").append(depth).append('}');
        int parts = depth;
        routes.add(
            Route.open("GET", path.toString(), Dialect.PAGE, request -> serve(request, parts)));
      }
    }
    return routes;
  }

  private Reply serve(Request request, int parts) {
    Path file = root;
    for (int i = 1; i <= parts; i++) {
      file = file.resolve(request.variable("p" + i));
    }
    if (Files.isDirectory(file)) {
      file = file.resolve("index.html");
    }
    try {
      if (!Files.isRegularFile(file)
          || Files.size(file) > MAX_BYTES
          || !file.toRealPath().startsWith(root.toRealPath())) {
        throw Problem.missing("there is nothing at this address");
      }
      return new Reply.Whole(
          200,
          Map.of("Content-Type", type(file), "Content-Security-Policy", POLICY),
          Files.readAllBytes(file));
    } catch (IOException e) {
      throw Problem.missing("the file cannot be read");
    }
  }

  /** Pages of others have styles and scripts in themselves. */
  private static final String POLICY =
      "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data: blob:; object-src 'none'; base-uri 'self';"
          + " form-action 'self'; frame-ancestors 'none'";

  private static String type(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(
        name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
  }
}
