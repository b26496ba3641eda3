package sluice.engine.session;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import sluice.engine.count.SessionCounts;
import sluice.engine.count.Tally;
import sluice.engine.count.Times;
import sluice.engine.dht.Dht;
import sluice.engine.dht.QueryCount;
import sluice.engine.peer.Peer;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.torrent.Services;
import sluice.engine.torrent.SlotKind;
import sluice.engine.torrent.Torrent;
import sluice.engine.utp.Utp;
import sluice.protocol.utp.UtpType;

/**
 * A session at one moment, and what has happened in it since its start.
 *
 * @param peers connected peers of torrents by how they are connected
 * @param unchoked peers that have a slot
 * @param openRequests blocks that were asked for and have not come
 * @param limits that hold
 * @param counts of connections
 * @param httpAnnounces how long trackers took to answer by HTTP
 * @param udpAnnounces how long trackers took to answer by UDP
 * @param utp what is done by uTP
 * @param dht what is done by the DHT
 * @param lsdAnnounces how often torrents were told to the local network (BEP 14)
 */
public record SessionStatus(
    Map<Link, Integer> peers,
    Map<SlotKind, Integer> unchoked,
    long openRequests,
    BandwidthPlan limits,
    SessionCounts.Told counts,
    Times.Told httpAnnounces,
    Times.Told udpAnnounces,
    UtpStatus utp,
    DhtCounts dht,
    long lsdAnnounces) {

  public SessionStatus {
    peers = Tally.copy(peers);
    unchoked = Tally.copy(unchoked);
  }

  /** How a peer is connected. */
  public record Link(boolean utp, boolean incoming, boolean encrypted) {}

  /**
   * What is done by uTP (BEP 29).
   *
   * @param sent packets by type
   * @param received packets by type
   * @param delaySeconds the mean of the delays that queues add to our packets at this moment
   */
  public record UtpStatus(
      Map<UtpType, Long> sent, Map<UtpType, Long> received, double delaySeconds) {
    public UtpStatus {
      sent = Tally.copy(sent);
      received = Tally.copy(received);
    }

    static UtpStatus of(Utp utp) {
      return new UtpStatus(utp.packets(true), utp.packets(false), utp.delaySeconds());
    }
  }

  /**
   * What is done by the DHT (BEP 5).
   *
   * @param ipv4 nodes in the table
   * @param ipv6 nodes in the table
   * @param queries that were asked and answered
   * @param announced torrents that were looked up to be listed
   */
  public record DhtCounts(
      int ipv4, int ipv6, Map<QueryCount, Long> queries, Dht.Announced announced) {
    public DhtCounts {
      queries = Tally.copy(queries);
    }

    static DhtCounts of(Dht dht) {
      return new DhtCounts(dht.contacts(false), dht.contacts(true), dht.queries(), dht.announced());
    }
  }

  /** Looks at the peers of {@code running} torrents, one after the other. */
  static SessionStatus of(Collection<Torrent> running, Services services, UdpRun udp) {
    Map<Link, Integer> peers = new LinkedHashMap<>();
    Map<SlotKind, Integer> unchoked = new EnumMap<>(SlotKind.class);
    long requests = 0;
    for (Torrent torrent : running) {
      for (Peer peer : torrent.peers()) {
        Link link = new Link(peer.byUtp(), peer.incoming(), peer.outbox().encrypted());
        peers.merge(link, 1, Integer::sum);
        requests += peer.requests().size();
        if (!peer.chokedByUs()) {
          unchoked.merge(torrent.slot(peer), 1, Integer::sum);
        }
      }
    }
    return new SessionStatus(
        peers,
        unchoked,
        requests,
        services.bandwidth().plan(),
        services.connections().counts().told(),
        services.trackers().times(false),
        services.trackers().times(true),
        UtpStatus.of(udp.utp()),
        DhtCounts.of(udp.dht()),
        udp.lsdAnnounces());
  }
}
