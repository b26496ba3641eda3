package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.daemon.web.Json;
import sluice.testkit.MetricNames;

/**
 * Dashboards, alerts and the table of the documentation name the numbers that the daemon tells, and
 * each says what it is.
 */
class GrafanaTest {
  private static final Path GRAFANA = Path.of("..", "packaging", "grafana");
  private static final Path DOCUMENT = Path.of("..", "docs", "daemon.md");

  /** There is neither a market nor a DHT in this test. */
  private static final Set<String> ABSENT =
      Set.of("sluice_btt_balance", "sluice_btt_transferred_total", "sluice_dht_queries_total");

  @TempDir Path temp;

  private static Set<String> documented() throws Exception {
    String text = Files.readString(DOCUMENT);
    String table = text.substring(text.indexOf("| number |"));
    return MetricNames.in(table.substring(0, table.indexOf("\n\n")));
  }

  /** Those of the daemon alone. */
  private static Set<String> asked(String file) throws Exception {
    Set<String> names = new TreeSet<>(MetricNames.asked(GRAFANA.resolve(file)));
    names.removeIf(name -> name.startsWith("sluice_ledger_"));
    return names;
  }

  @Test
  void filesNameWhatThereIs() throws Exception {
    String scrape;
    try (TestDaemon daemon = new TestDaemon(temp)) {
      daemon.get("/healthz");
      scrape = daemon.get("/metrics").body();
    }
    Set<String> told = MetricNames.told(scrape);
    told.addAll(ABSENT);
    Set<String> ours = MetricNames.own(told);
    assertThat(asked("sluice.json")).containsAll(ours);
    assertThat(documented()).containsAll(ours);
    assertThat(told).containsAll(asked("sluice.json")).containsAll(documented());
    assertThat(told).containsAll(asked("rewards.json"));
    Set<String> alerts = asked("alerts.yml");
    alerts.removeIf(name -> name.startsWith("sluice_tracker_"));
    assertThat(told).containsAll(alerts);
    for (String name : MetricNames.told(scrape)) {
      assertThat(scrape).containsPattern("(?m)^# HELP " + name + " .{3,}$");
    }
    for (String line : scrape.split("\n")) {
      String name = line.replaceFirst("[{ ].*", "").replaceFirst("_(bucket|sum|count)$", "");
      assertThat(line.startsWith("# ") || told.contains(name)).as(line).isTrue();
    }
  }

  @Test
  void dashboardsAreJson() throws Exception {
    for (String file : new String[] {"sluice.json", "tracker.json", "rewards.json"}) {
      assertThat(Json.read(Files.readAllBytes(GRAFANA.resolve(file))).path("panels").size())
          .as(file)
          .isGreaterThan(5);
    }
  }
}
