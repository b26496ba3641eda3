package sluice.engine.torrent;

import java.util.List;
import sluice.engine.announce.Announcer;
import sluice.engine.swarm.Source;
import sluice.protocol.address.Endpoint;

/** What a torrent says to trackers, and what it does with what they say. Loop only. */
record Announces(Torrent torrent, TorrentEvents events) implements Announcing.Owner {
  @Override
  public Announcer.Stats stats() {
    return new Announcer.Stats(
        torrent.counters().uploaded(),
        torrent.counters().downloaded(),
        torrent.picker().missingBytes(),
        torrent.phase() instanceof Phase.Seeding && !torrent.picker().have().isFull());
  }

  @Override
  public void onPeers(TrackerAnswer answer, List<Endpoint> peers) {
    events.onTracker(torrent, answer);
    torrent.offer(peers, Source.TRACKER);
  }

  @Override
  public void onFound(List<Endpoint> peers) {
    torrent.offer(peers, Source.DHT);
  }

  @Override
  public void onFailure(String url, String message) {
    events.onTrackerFailed(torrent, url, message);
  }
}
