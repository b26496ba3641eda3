package sluice.daemon.page;

import java.util.Locale;
import sluice.client.ClientStatus;
import sluice.daemon.metric.Scrape;
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

  private final Scrape scrape;

  private EngineNumbers(Scrape scrape) {
    this.scrape = scrape;
  }

  /** Writes all of {@code client}. */
  static void write(Scrape scrape, ClientStatus client) {
    EngineNumbers numbers = new EngineNumbers(scrape);
    SessionStatus session = client.session();
    numbers.peers(session);
    numbers.connections(session.counts());
    numbers.announces(session);
    numbers.dht(session.dht());
    numbers.utp(session.utp());
    scrape
        .gauge("sluice_rate_limit_bytes_per_second", "Limit that holds; 0: none.")
        .both(session.limits().down(), session.limits().up());
    numbers.disk(client.disk());
    scrape
        .gauge(
            "sluice_disk_queue_bytes",
            "Blocks in memory that arrive, wait to be written, or were read and not sent.")
        .sample((long) client.usedBlocks() * PieceLayout.BLOCK);
  }

  private void peers(SessionStatus session) {
    Scrape.Samples peers =
        scrape.gauge("sluice_peers", "Connected peers of torrents with metadata.");
    for (boolean utp : BOTH) {
      for (boolean incoming : BOTH) {
        for (boolean encrypted : BOTH) {
          peers.sample(
              session.peers().getOrDefault(new SessionStatus.Link(utp, incoming, encrypted), 0),
              "transport",
              transport(utp),
              "direction",
              direction(incoming),
              "encrypted",
              Boolean.toString(encrypted));
        }
      }
    }
    Scrape.Samples unchoked =
        scrape.gauge("sluice_choke_unchoked_peers", "Peers that have an upload slot.");
    for (SlotKind kind : SlotKind.values()) {
      unchoked.sample(session.unchoked().getOrDefault(kind, 0), "class", word(kind));
    }
    scrape
        .gauge("sluice_requests_outstanding", "Blocks that peers were asked for and have not sent.")
        .sample(session.openRequests());
  }

  private void connections(SessionCounts.Told counts) {
    Scrape.Samples handshakes =
        scrape.counter("sluice_handshakes_total", "Handshakes with peers, both ways.");
    for (boolean utp : BOTH) {
      for (boolean good : BOTH) {
        handshakes.sample(
            counts.handshakes().getOrDefault(new SessionCounts.Handshake(utp, good), 0L),
            "transport",
            transport(utp),
            "result",
            result(good));
      }
    }
    Scrape.Samples endings =
        scrape.counter("sluice_peer_disconnects_total", "Why connections with peers ended.");
    for (Ending why : Ending.values()) {
      endings.sample(counts.endings().getOrDefault(why, 0L), "reason", word(why));
    }
    scrape
        .counter("sluice_protocol_bytes_total", "What is exchanged beside payload.")
        .both(counts.receivedProtocol(), counts.sentProtocol());
    scrape
        .counter("sluice_pieces_total", "Pieces that came, and were verified.")
        .sample(counts.goodPieces(), "result", "ok")
        .sample(counts.badPieces(), "result", "failed");
  }

  private void announces(SessionStatus session) {
    scrape
        .histogram("sluice_announce_duration_seconds", "Time until trackers answered.")
        .sample(session.httpAnnounces(), "kind", "http")
        .sample(session.udpAnnounces(), "kind", "udp");
  }

  private void dht(SessionStatus.DhtCounts dht) {
    scrape
        .gauge("sluice_dht_nodes", "Nodes in the tables of the DHT.")
        .sample(dht.ipv4(), "family", "ipv4")
        .sample(dht.ipv6(), "family", "ipv6");
    Scrape.Samples queries =
        scrape.counter("sluice_dht_queries_total", "Queries of the DHT, both ways.");
    dht.queries()
        .forEach((query, count) ->
            queries.sample(
                count,
                "type",
                query.method().toString(),
                "direction",
                direction(query.incoming()),
                "result",
                word(query.result())));
  }

  private void utp(SessionStatus.UtpStatus utp) {
    Scrape.Samples packets = scrape.counter("sluice_utp_packets_total", "Packets of uTP.");
    for (UtpType type : UtpType.values()) {
      packets
          .sample(utp.sent().getOrDefault(type, 0L), "direction", "out", "kind", word(type))
          .sample(utp.received().getOrDefault(type, 0L), "direction", "in", "kind", word(type));
    }
    scrape
        .gauge("sluice_utp_delay_seconds", "Mean delay that queues add, of connections.")
        .sample(utp.delaySeconds());
  }

  private void disk(DiskStatus disk) {
    Scrape.Timings took =
        scrape.histogram("sluice_disk_operation_duration_seconds", "Time on a thread of the disk.");
    Scrape.Samples waiting =
        scrape.gauge("sluice_disk_queued_operations", "What waits for a thread of the disk.");
    for (DiskStatus.Operation each : DiskStatus.Operation.values()) {
      took.sample(disk.of(each).times(), "op", word(each));
      waiting.sample(disk.of(each).waiting(), "op", word(each));
    }
    scrape
        .counter("sluice_disk_bytes_total", "Bytes of torrents, as asked of the system.")
        .sample(disk.readBytes(), "op", "read")
        .sample(disk.writtenBytes(), "op", "write");
    scrape
        .counter("sluice_hash_bytes_total", "Bytes that went through hashes.")
        .sample(disk.hashedBytes());
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
