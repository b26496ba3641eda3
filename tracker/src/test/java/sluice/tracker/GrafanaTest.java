package sluice.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import sluice.testkit.MetricNames;
import sluice.tracker.config.Listen;
import sluice.tracker.config.TrackerSettings;
import sluice.tracker.service.Gate;

/** The dashboard shows all numbers that the tracker tells, and alerts name no others. */
class GrafanaTest {
  private static final Path GRAFANA = Path.of("..", "packaging", "grafana");

  /** A tracker that is alone does not tell these. */
  private static final Set<String> CLUSTER =
      Set.of(
          "sluice_tracker_cluster_connected",
          "sluice_tracker_cluster_behind_milliseconds",
          "sluice_tracker_cluster_dropped_total");

  @Test
  void filesNameWhatThereIs() throws Exception {
    List<InetSocketAddress> here =
        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Set<String> told;
    try (Tracker tracker = Tracker.start(TrackerSettings.DEFAULT.listening(here, here), Gate.OPEN);
        HttpClient client = HttpClient.newHttpClient()) {
      String url = "http://" + Listen.text(tracker.httpAddresses().getFirst()) + "/metrics";
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      told = MetricNames.told(client.send(request, BodyHandlers.ofString()).body());
    }
    told.addAll(CLUSTER);
    Set<String> shown = MetricNames.asked(GRAFANA.resolve("tracker.json"));
    assertThat(told).containsAll(shown);
    assertThat(shown).containsAll(MetricNames.own(told));
    Set<String> alerts = new TreeSet<>(MetricNames.asked(GRAFANA.resolve("alerts.yml")));
    alerts.removeIf(name -> !name.startsWith("sluice_tracker_"));
    assertThat(alerts).isNotEmpty();
    assertThat(told).containsAll(alerts);
  }
}
