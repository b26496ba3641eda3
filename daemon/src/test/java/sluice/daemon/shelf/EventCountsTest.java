package sluice.daemon.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.daemon.metric.Scrape;
import sluice.metrics.Exposition;

/** What happened is counted by what it was. */
class EventCountsTest {
  @Test
  void eachKindHasItsNumber() {
    EventCounts counts = new EventCounts();
    counts.announced("UDP://t.example:1/announce", true);
    counts.announced("udp://t.example:1/announce", true);
    counts.announced("https://t.example/announce?passkey=secret", false);
    counts.announced("no address", false);
    counts.banned();
    counts.lost(3);
    counts.lost(4);
    Scrape scrape = new Scrape();
    counts.write(scrape, Optional.empty());
    String text = Exposition.of("", scrape.snapshots()).body();
    assertThat(text.lines())
        .contains(
            "sluice_announces_total{kind=\"udp\",result=\"ok\"} 2.0",
            "sluice_announces_total{kind=\"https\",result=\"failed\"} 1.0",
            "sluice_announces_total{kind=\"other\",result=\"failed\"} 1.0",
            "sluice_peers_banned_total 1.0",
            "sluice_pieces_lost_total 7.0");
    assertThat(text).doesNotContain("secret", "example");
  }
}
