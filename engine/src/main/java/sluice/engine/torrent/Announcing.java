package sluice.engine.torrent;

import java.util.ArrayList;
import java.util.List;
import sluice.engine.announce.AnnounceSpec;
import sluice.engine.announce.Announcer;
import sluice.engine.dht.Listing;
import sluice.protocol.address.Endpoint;
import sluice.protocol.announce.AnnounceReply;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.Metainfo;

/**
 * The announces of one torrent to trackers and in the DHT, which go on while the one who makes them
 * and hears the answers changes: first the fetch of its metadata, then the torrent. Loop only.
 */
public final class Announcing implements Announcer.Listener {
  private final Services services;
  private final List<Announcer> announcers = new ArrayList<>(1);
  private final List<Hash> announced = new ArrayList<>(2);
  private final List<Listing> listings = new ArrayList<>(2);
  private Owner owner;

  /** What the owners before have sent and received. */
  private long uploaded;

  private long downloaded;

  /** Whose announces they are. */
  interface Owner {
    /** What is told to trackers. */
    Announcer.Stats stats();

    /** A tracker answered, and named peers. */
    void onPeers(TrackerAnswer answer, List<Endpoint> peers);

    /** A tracker could not be used. */
    void onFailure(String url, String message);

    /** The DHT named peers. */
    void onFound(List<Endpoint> peers);
  }

  Announcing(Services services, Owner owner) {
    this.services = services;
    this.owner = owner;
  }

  /** From here on {@code next} makes the announces, and begins with nothing sent or received. */
  void owner(Owner next) {
    Announcer.Stats before = owner.stats();
    uploaded += before.uploaded();
    downloaded += before.downloaded();
    owner = next;
  }

  private Announcer.Stats stats() {
    Announcer.Stats own = owner.stats();
    return new Announcer.Stats(
        uploaded + own.uploaded(), downloaded + own.downloaded(), own.left(), own.paused());
  }

  /** Announces a torrent wherever it may be announced. */
  void start(Metainfo torrent, boolean trackers) {
    List<Hash> hashes = torrent.info().hashes().wire();
    if (trackers) {
      start(hashes, torrent.trackers());
    }
    if (torrent.info().isPrivate()) {
      unlist();
    } else {
      services.dht().routers(torrent.nodes());
      list(hashes);
    }
  }

  /** Lists in the DHT those of {@code hashes} that are not yet listed. */
  void list(List<Hash> hashes) {
    if (!services.dht().isOn()) {
      return;
    }
    for (Hash hash : hashes.stream().distinct().toList()) {
      if (listings.stream().noneMatch(l -> l.torrent().equals(hash))) {
        listings.add(services.dht().list(hash, this::self, peers -> owner.onFound(peers)));
      }
    }
  }

  /** Leaves the DHT (BEP 27). */
  void unlist() {
    listings.forEach(Listing::close);
    listings.clear();
  }

  private Listing.Self self() {
    Announcer.Stats stats = owner.stats();
    return new Listing.Self(services.port().getAsInt(), stats.left() == 0);
  }

  /** Announces those of {@code hashes} that are not yet announced. */
  void start(List<Hash> hashes, List<List<String>> tiers) {
    List<Hash> fresh =
        hashes.stream().distinct().filter(hash -> !announced.contains(hash)).toList();
    if (tiers.isEmpty() || fresh.isEmpty()) {
      return;
    }
    announced.addAll(fresh);
    AnnounceSpec spec =
        new AnnounceSpec(fresh, services.peerId(), services.port().getAsInt(), tiers);
    Announcer announcer =
        new Announcer(
            services.loop(), services.trackers(), services.entropy(), spec, this::stats, this);
    announcers.add(announcer);
    announcer.start();
  }

  /** Announces at once, to trackers and in the DHT; for users who insist. */
  public void again() {
    announcers.forEach(Announcer::again);
    listings.forEach(Listing::wantPeers);
  }

  /** Goes on with other trackers, of which those that it has, too, are told nothing. */
  public void trackers(List<Hash> hashes, List<List<String>> tiers) {
    if (announcers.isEmpty()) {
      start(hashes, tiers);
    } else {
      announcers.forEach(announcer -> announcer.trackers(tiers));
    }
  }

  /** More peers are wanted. */
  void wantPeers() {
    announcers.forEach(Announcer::wantPeers);
    listings.forEach(Listing::wantPeers);
  }

  /** The download is complete. */
  void completed() {
    announcers.forEach(Announcer::completed);
  }

  /** Says goodbye to the trackers; {@code done} runs after that, at once if there are none. */
  void stop(Runnable done) {
    unlist();
    if (announcers.isEmpty()) {
      done.run();
      return;
    }
    int[] left = {announcers.size()};
    for (Announcer announcer : announcers) {
      announcer.stop(() -> {
        if (--left[0] == 0) {
          done.run();
        }
      });
    }
  }

  /** Whether it is announced nowhere. */
  boolean isEmpty() {
    return announcers.isEmpty() && listings.isEmpty();
  }

  /** Ends without a goodbye. */
  void abandon() {
    unlist();
    announcers.forEach(Announcer::abandon);
  }

  @Override
  public void onPeers(String url, List<Endpoint> peers, AnnounceReply.Peers reply) {
    reply.externalIp().ifPresent(ours -> services.self().tracker(ours));
    owner.onPeers(TrackerAnswer.of(url, peers.size(), reply), peers);
  }

  @Override
  public void onFailure(String url, String message) {
    owner.onFailure(url, message);
  }
}
