package sluice.cli.remote;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import sluice.cli.ExitCode;
import sluice.cli.Problem;

/** The torrents of a daemon, found by the words of people. */
public record Torrents(DaemonCall daemon) {
  /** Our API. */
  public static final String ROOT = "/api/v1";

  private static final String PAGE = "500";
  private static final String HASH = "[0-9a-fA-F]{1,64}";

  /** Shows all with these properties, one after the other. */
  public void each(Map<String, String> wanted, Consumer<Fields> show) {
    Map<String, String> query = new LinkedHashMap<>(wanted);
    query.put("limit", PAGE);
    while (true) {
      Fields page = daemon.get(ROOT + "/torrents" + query(query));
      page.objects("torrents").forEach(show);
      if (!page.has("cursor")) {
        return;
      }
      query.put("cursor", page.text("cursor"));
    }
  }

  /** All with these properties. */
  public List<Fields> all(Map<String, String> wanted) {
    List<Fields> all = new ArrayList<>();
    each(wanted, all::add);
    return all;
  }

  /** Those that {@code words} name; each word names one. */
  public List<Fields> find(List<String> words) {
    return words.stream().map(this::one).toList();
  }

  /** The one whose hash begins with {@code word}, or whose name it is. */
  public Fields one(String word) {
    if (word.matches(HASH)) {
      List<Fields> found =
          daemon
              .get(ROOT + "/torrents" + query(Map.of("id", word, "limit", "2")))
              .objects("torrents");
      if (found.size() == 1) {
        return found.getFirst();
      } else if (found.size() > 1) {
        throw new Problem(
            ExitCode.USAGE, "the hashes of several torrents begin with " + word + "; write more");
      }
    }
    List<Fields> named =
        all(Map.of("search", word)).stream().filter(t -> t.text("name").equals(word)).toList();
    if (named.size() > 1) {
      throw new Problem(
          ExitCode.USAGE, "several torrents are called '" + word + "'; name one by its hash");
    } else if (named.isEmpty()) {
      throw new Problem(
          ExitCode.NOT_FOUND, "the daemon has no torrent '" + word + "'; see sluice list");
    }
    return named.getFirst();
  }

  /** Where the API has {@code torrent}. */
  public static String path(Fields torrent) {
    return ROOT + "/torrents/" + torrent.text("id");
  }

  private static String query(Map<String, String> fields) {
    StringBuilder query = new StringBuilder();
    fields.forEach((name, value) ->
        query
            .append(query.isEmpty() ? '?' : '&')
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return query.toString();
  }
}
