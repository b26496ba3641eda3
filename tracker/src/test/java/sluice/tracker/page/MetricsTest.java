package sluice.tracker.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.tracker.http.Page;
import sluice.tracker.service.ClusterState;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Rules;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.swarm.StoreLimits;

/** A tracker of a cluster tells how it stands with the others; one that is alone does not. */
class MetricsTest {
  private final TrackerCore core =
      new TrackerCore(Rules.DEFAULT, StoreLimits.DEFAULT, Gate.OPEN, 5);

  @Test
  void theClusterIsToldOf() {
    Metrics metrics = new Metrics(core, () -> Optional.of(new ClusterState(true, 250, 3)));
    core.counters().udp().announces().add(4);
    Page page = metrics.page("");
    assertThat(page.type()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(page.body())
        .contains(
            "\nsluice_tracker_cluster_connected 1.0\n",
            "\nsluice_tracker_cluster_behind_milliseconds 250.0\n",
            "\nsluice_tracker_cluster_dropped_total 3.0\n",
            "\nsluice_tracker_requests_total{kind=\"announce\",way=\"udp\"} 4.0\n");
  }

  @Test
  void whoIsAloneTellsNothingOfOthers() {
    Page page = new Metrics(core, Optional::empty).page("");
    assertThat(page.body()).contains("\nsluice_tracker_swarms 0.0\n").doesNotContain("cluster");
  }
}
