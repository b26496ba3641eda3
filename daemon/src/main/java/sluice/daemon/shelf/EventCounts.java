package sluice.daemon.shelf;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import sluice.daemon.metric.MetricText;
import sluice.engine.session.SessionStatus;

/** How often things happened that the client tells of. Any thread. */
public final class EventCounts {
  private static final String ANNOUNCES = "sluice_announces_total";
  private static final Set<String> KINDS = Set.of("http", "https", "udp", "ws", "wss");

  private final Map<String, LongAdder> announces = new ConcurrentSkipListMap<>();
  private final LongAdder banned = new LongAdder();
  private final LongAdder lost = new LongAdder();

  void announced(String url, boolean answered) {
    int end = Math.max(0, url.indexOf(':'));
    String scheme = url.substring(0, end).toLowerCase(Locale.ROOT);
    String kind = KINDS.contains(scheme) ? scheme : "other";
    String result = answered ? "ok" : "failed";
    announces
        .computeIfAbsent("kind=\"" + kind + "\",result=\"" + result + "\"", each -> new LongAdder())
        .increment();
  }

  void banned() {
    banned.increment();
  }

  void lost(int pieces) {
    lost.add(pieces);
  }

  /** Writes all of them; {@code client} says how torrents are made known without a tracker. */
  public void write(MetricText text, Optional<SessionStatus> client) {
    text.head(ANNOUNCES, "counter", "Announces to trackers, the DHT, the local network and peers.");
    announces.forEach((labels, count) -> text.sample(ANNOUNCES, labels, count.sum()));
    client.ifPresent(session ->
        text.sample(ANNOUNCES, "kind=\"dht\",result=\"ok\"", session.dht().announced().answered())
            .sample(ANNOUNCES, "kind=\"dht\",result=\"failed\"", session.dht().announced().failed())
            .sample(ANNOUNCES, "kind=\"lsd\",result=\"ok\"", session.lsdAnnounces())
            .sample(ANNOUNCES, "kind=\"pex\",result=\"ok\"", session.counts().exchanges()));
    text.counter(
        "sluice_peers_banned_total", "Peers that were banned for false data.", banned.sum());
    text.counter(
        "sluice_pieces_lost_total", "Pieces that other programs spoilt on disk.", lost.sum());
  }
}
