package sluice.daemon.page;

import java.util.Locale;
import java.util.Map;
import sluice.client.ClientStatus;
import sluice.daemon.metric.MetricText;
import sluice.engine.count.Ending;
import sluice.engine.count.SessionCounts;
import sluice.engine.session.SessionStatus;
import sluice.engine.torrent.SlotKind;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.utp.UtpType;
import sluice.storage.file.DiskStatus;

/** What a client tells of itself, for Prometheus. */
final class EngineNumbers {
  private static final boolean[] BOTH = {true, false};

  private final MetricText text;

  private EngineNumbers(MetricText text) {
    this.text = text;
  }

  /** Writes all of {@code client}. */
  static void write(MetricText text, ClientStatus client) {
    EngineNumbers numbers = new EngineNumbers(text);
    SessionStatus session = client.session();
    numbers.peers(session);
    numbers.connections(session.counts());
    numbers.announces(session);
    numbers.dht(session.dht());
    numbers.utp(session.utp());
    text.head("sluice_rate_limit_bytes_per_second", "gauge", "Limit that holds; 0: none.")
        .sample("sluice_rate_limit_bytes_per_second", "direction=\"down\"", session.limits().down())
        .sample("sluice_rate_limit_bytes_per_second", "direction=\"up\"", session.limits().up());
    numbers.disk(client.disk());
    text.gauge(
        "sluice_disk_queue_bytes",
        "Blocks in memory that arrive, wait to be written, or were read and not sent.",
        (long) client.usedBlocks() * PieceLayout.BLOCK);
  }

  private void peers(SessionStatus session) {
    text.head("sluice_peers", "gauge", "Connected peers of torrents with metadata.");
    for (boolean utp : BOTH) {
      for (boolean incoming : BOTH) {
        for (boolean encrypted : BOTH) {
          text.sample(
              "sluice_peers",
              "transport=\"%s\",direction=\"%s\",encrypted=\"%s\""
                  .formatted(transport(utp), direction(incoming), encrypted),
              session
                  .peers()
                  .getOrDefault(new SessionStatus.Link(utp, incoming, encrypted), 0)
                  .longValue());
        }
      }
    }
    text.head("sluice_choke_unchoked_peers", "gauge", "Peers that have an upload slot.");
    for (SlotKind kind : SlotKind.values()) {
      text.sample(
          "sluice_choke_unchoked_peers",
          MetricText.label("class", word(kind)),
          session.unchoked().getOrDefault(kind, 0).longValue());
    }
    text.gauge(
        "sluice_requests_outstanding",
        "Blocks that peers were asked for and have not sent.",
        session.openRequests());
  }

  private void connections(SessionCounts.Told counts) {
    text.head("sluice_handshakes_total", "counter", "Handshakes with peers, both ways.");
    for (boolean utp : BOTH) {
      for (boolean good : BOTH) {
        long count = counts.handshakes().getOrDefault(new SessionCounts.Handshake(utp, good), 0L);
        String labels = "transport=\"%s\",result=\"%s\"".formatted(transport(utp), result(good));
        text.sample("sluice_handshakes_total", labels, count);
      }
    }
    text.head("sluice_peer_disconnects_total", "counter", "Why connections with peers ended.");
    for (Ending why : Ending.values()) {
      text.sample(
          "sluice_peer_disconnects_total",
          MetricText.label("reason", word(why)),
          counts.endings().getOrDefault(why, 0L));
    }
    text.head("sluice_protocol_bytes_total", "counter", "What is exchanged beside payload.")
        .sample("sluice_protocol_bytes_total", "direction=\"down\"", counts.receivedProtocol())
        .sample("sluice_protocol_bytes_total", "direction=\"up\"", counts.sentProtocol())
        .head("sluice_pieces_total", "counter", "Pieces that came, and were verified.")
        .sample("sluice_pieces_total", "result=\"ok\"", counts.goodPieces())
        .sample("sluice_pieces_total", "result=\"failed\"", counts.badPieces());
  }

  private void announces(SessionStatus session) {
    String name = "sluice_announce_duration_seconds";
    text.head(name, "histogram", "Time until trackers answered.")
        .histogram(name, "kind=\"http\"", session.httpAnnounces())
        .histogram(name, "kind=\"udp\"", session.udpAnnounces());
  }

  private void dht(SessionStatus.DhtCounts dht) {
    text.head("sluice_dht_nodes", "gauge", "Nodes in the tables of the DHT.")
        .sample("sluice_dht_nodes", "family=\"ipv4\"", dht.ipv4())
        .sample("sluice_dht_nodes", "family=\"ipv6\"", dht.ipv6())
        .head("sluice_dht_queries_total", "counter", "Queries of the DHT, both ways.");
    dht.queries()
        .forEach((query, count) ->
            text.sample(
                "sluice_dht_queries_total",
                "type=\"%s\",direction=\"%s\",result=\"%s\""
                    .formatted(query.method(), direction(query.incoming()), word(query.result())),
                count));
  }

  private void utp(SessionStatus.UtpStatus utp) {
    text.head("sluice_utp_packets_total", "counter", "Packets of uTP.");
    packets("out", utp.sent());
    packets("in", utp.received());
    text.head("sluice_utp_delay_seconds", "gauge", "Mean delay that queues add, of connections.")
        .sample("sluice_utp_delay_seconds", "", utp.delaySeconds());
  }

  private void packets(String direction, Map<UtpType, Long> packets) {
    for (UtpType type : UtpType.values()) {
      text.sample(
          "sluice_utp_packets_total",
          MetricText.label("direction", direction) + "," + MetricText.label("kind", word(type)),
          packets.getOrDefault(type, 0L));
    }
  }

  private void disk(DiskStatus disk) {
    String name = "sluice_disk_operation_duration_seconds";
    text.head(name, "histogram", "Time on a thread of the disk.");
    for (DiskStatus.Operation each : DiskStatus.Operation.values()) {
      text.histogram(name, MetricText.label("op", word(each)), disk.of(each).times());
    }
    text.head("sluice_disk_queued_operations", "gauge", "What waits for a thread of the disk.");
    for (DiskStatus.Operation each : DiskStatus.Operation.values()) {
      text.sample(
          "sluice_disk_queued_operations",
          MetricText.label("op", word(each)),
          (long) disk.of(each).waiting());
    }
    text.head("sluice_disk_bytes_total", "counter", "Bytes of torrents, as asked of the system.")
        .sample("sluice_disk_bytes_total", "op=\"read\"", disk.readBytes())
        .sample("sluice_disk_bytes_total", "op=\"write\"", disk.writtenBytes())
        .counter("sluice_hash_bytes_total", "Bytes that went through hashes.", disk.hashedBytes());
  }

  private static String transport(boolean utp) {
    return utp ? "utp" : "tcp";
  }

  private static String direction(boolean incoming) {
    return incoming ? "in" : "out";
  }

  private static String result(boolean good) {
    return good ? "ok" : "failed";
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
