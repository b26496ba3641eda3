package sluice.daemon.shelf;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import sluice.daemon.metric.Scrape;
import sluice.engine.session.SessionStatus;

/** How often things happened that the client tells of. Any thread. */
public final class EventCounts {
  private static final Set<String> KINDS = Set.of("http", "https", "udp", "ws", "wss");

  private final Map<Announce, LongAdder> announces = new ConcurrentHashMap<>();
  private final LongAdder banned = new LongAdder();
  private final LongAdder lost = new LongAdder();

  private record Announce(String kind, boolean answered) {
    String result() {
      return answered ? "ok" : "failed";
    }
  }

  void announced(String url, boolean answered) {
    int end = Math.max(0, url.indexOf(':'));
    String scheme = url.substring(0, end).toLowerCase(Locale.ROOT);
    String kind = KINDS.contains(scheme) ? scheme : "other";
    announces.computeIfAbsent(new Announce(kind, answered), each -> new LongAdder()).increment();
  }

  void banned() {
    banned.increment();
  }

  void lost(int pieces) {
    lost.add(pieces);
  }

  /** Writes all of them; {@code client} says how torrents are made known without a tracker. */
  public void write(Scrape scrape, Optional<SessionStatus> client) {
    Scrape.Samples made =
        scrape.counter(
            "sluice_announces_total",
            "Announces to trackers, the DHT, the local network and peers.");
    announces.forEach((announce, count) ->
        made.sample(count.sum(), "kind", announce.kind(), "result", announce.result()));
    client.ifPresent(session ->
        made.sample(session.dht().announced().answered(), "kind", "dht", "result", "ok")
            .sample(session.dht().announced().failed(), "kind", "dht", "result", "failed")
            .sample(session.lsdAnnounces(), "kind", "lsd", "result", "ok")
            .sample(session.counts().exchanges(), "kind", "pex", "result", "ok"));
    scrape
        .counter("sluice_peers_banned_total", "Peers that were banned for false data.")
        .sample(banned.sum());
    scrape
        .counter("sluice_pieces_lost_total", "Pieces that other programs spoilt on disk.")
        .sample(lost.sum());
  }
}
