package sluice.engine.torrent;

import java.util.List;
import java.util.Optional;
import sluice.engine.announce.Announcer;
import sluice.protocol.address.Endpoint;

/**
 * A complete torrent that is announced while nothing of it is open: its announces go on until the
 * torrent has them again, or until they are ended. Loop only.
 */
public final class Absence implements Announcing.Owner {
  private static final Announcer.Stats NOTHING = new Announcer.Stats(0, 0, 0, false);

  private final Announcing announcing;
  private final Listener listener;

  /** Who hears what comes of the announces. */
  public interface Listener {
    /** A tracker named peers, or the DHT did. */
    void onPeers(Optional<TrackerAnswer> tracker, List<Endpoint> peers);

    /** A tracker could not be used. */
    void onFailure(String url, String message);
  }

  Absence(Announcing announcing, Listener listener) {
    this.announcing = announcing;
    this.listener = listener;
    announcing.owner(this);
  }

  /** With this the torrent begins again, and has its announces. */
  public Beginning end(Services services, int maxPeers) {
    return Beginning.announced(services, maxPeers, announcing);
  }

  /** Its announces. */
  public Announcing announcing() {
    return announcing;
  }

  /** Whether it is announced nowhere. */
  public boolean isEmpty() {
    return announcing.isEmpty();
  }

  /** Says goodbye to the trackers; {@code done} runs after that. */
  public void leave(Runnable done) {
    announcing.stop(done);
  }

  /** Is not announced any more; trackers forget it by themselves. */
  public void abandon() {
    announcing.abandon();
  }

  /** Nothing is sent or received while it is not open. */
  @Override
  public Announcer.Stats stats() {
    return NOTHING;
  }

  @Override
  public void onPeers(TrackerAnswer answer, List<Endpoint> peers) {
    listener.onPeers(Optional.of(answer), peers);
  }

  @Override
  public void onFound(List<Endpoint> peers) {
    listener.onPeers(Optional.empty(), peers);
  }

  @Override
  public void onFailure(String url, String message) {
    listener.onFailure(url, message);
  }
}
