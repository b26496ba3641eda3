package sluice.tracker.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import sluice.tracker.access.AccessGate;
import sluice.tracker.access.Account;
import sluice.tracker.http.Page;
import sluice.tracker.http.PageRequest;
import sluice.tracker.http.Pages;
import sluice.tracker.service.ClusterState;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.swarm.StoreCounts;

/**
 * All pages of a tracker: {@code /}, {@code /health}, {@code /metrics}, and with a token the
 * administration below {@code /api/v1}.
 */
public final class TrackerPages implements Pages {
  private static final String JSON = "application/json";

  private final TrackerCore core;
  private final History history;
  private final Supplier<Optional<ClusterState>> cluster;
  private final String token;
  private final Supplier<String> reload;
  private final Metrics metrics;

  /**
   * Pages.
   *
   * @param cluster how it stands with other trackers, if there are any
   * @param token of the administration; empty for none
   * @param reload reads lists again; gives what is wrong with them, or nothing
   */
  public TrackerPages(
      TrackerCore core,
      History history,
      Supplier<Optional<ClusterState>> cluster,
      String token,
      Supplier<String> reload) {
    this.core = core;
    this.history = history;
    this.cluster = cluster;
    this.token = token;
    this.reload = reload;
    this.metrics = new Metrics(core, cluster);
  }

  @Override
  public Page page(PageRequest request) {
    if (request.path().startsWith("/api/")) {
      return administration(request);
    }
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    if (!reads) {
      return Page.text(405, "use GET");
    }
    return switch (request.path()) {
      case "/" ->
          new Page(200, "text/html; charset=utf-8", StatusPage.of(core, history, cluster.get()));
      case "/health" -> Page.text(200, "ok");
      case "/metrics" -> metrics.page(request.accept());
      default -> Page.text(404, "there is nothing here");
    };
  }

  private Page administration(PageRequest request) {
    if (token.isEmpty()) {
      return Page.text(404, "the administration is off; set admin.token to turn it on");
    }
    byte[] given = request.authorization().getBytes(UTF_8);
    if (!MessageDigest.isEqual(given, ("Bearer " + token).getBytes(UTF_8))) {
      return Page.text(401, "send the header Authorization: Bearer TOKEN");
    }
    return switch (request.method() + " " + request.path()) {
      case "GET /api/v1/status" -> new Page(200, JSON, status());
      case "GET /api/v1/users" -> new Page(200, JSON, users());
      case "POST /api/v1/reload" -> {
        String problem = reload.get();
        yield problem.isEmpty() ? Page.text(200, "read again") : Page.text(409, problem);
      }
      default -> Page.text(404, "there is nothing here");
    };
  }

  private String status() {
    StoreCounts counts = core.store().counts();
    return String.format(
        Locale.ROOT,
        "{\"swarms\":%d,\"ipv4Peers\":%d,\"ipv6Peers\":%d,\"seeds\":%d,\"announces\":%d,"
            + "\"intervalSeconds\":%d%s}%n",
        counts.swarms(),
        counts.ipv4Peers(),
        counts.ipv6Peers(),
        counts.seeds(),
        core.counters().announces(),
        core.pace().seconds(),
        cluster.get().map(TrackerPages::json).orElse(""));
  }

  private static String json(ClusterState state) {
    return String.format(
        Locale.ROOT,
        ",\"cluster\":{\"connected\":%b,\"behindMillis\":%d,\"dropped\":%d}",
        state.connected(),
        state.behindMillis(),
        state.dropped());
  }

  private String users() {
    List<Account.Sums> accounts =
        core.gate() instanceof AccessGate gate ? gate.accounts() : List.of();
    StringBuilder json = new StringBuilder("[");
    for (Account.Sums sums : accounts) {
      json.append(json.length() > 1 ? ",\n" : "")
          .append(
              String.format(
                  Locale.ROOT,
                  "{\"name\":\"%s\",\"uploaded\":%d,\"downloaded\":%d,\"announces\":%d,"
                      + "\"transfers\":%d}",
                  escaped(sums.name()),
                  sums.uploaded(),
                  sums.downloaded(),
                  sums.announces(),
                  sums.transfers()));
    }
    return json.append("]\n").toString();
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c > '~') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
