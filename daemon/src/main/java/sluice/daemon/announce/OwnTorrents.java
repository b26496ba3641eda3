package sluice.daemon.announce;

import java.util.List;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import sluice.engine.session.SnapshotChanges;
import sluice.protocol.digest.Hash;
import sluice.tracker.access.NamedTorrents;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Verdict;
import sluice.tracker.swarm.Visit;

/**
 * A gate to the torrents that a client has. One that was added is served at once, as its first
 * announce is soon; one that was removed for a second more at the most. Any thread.
 */
final class OwnTorrents implements Gate {
  private static final long FRESH_NANOS = 1_000_000_000;

  /**
   * Looking takes a part of the time of this size at the most, however many ask for torrents that
   * are not there.
   */
  private static final int SHARE = 10;

  private final NamedTorrents named = new NamedTorrents();
  private final LongFunction<SnapshotChanges> changes;
  private final LongSupplier nanos;
  private long version;
  private long tookNanos;
  private volatile long lookedNanos;

  /**
   * A gate.
   *
   * @param changes what changed in the client since a version
   */
  OwnTorrents(LongFunction<SnapshotChanges> changes, LongSupplier nanos) {
    this.changes = changes;
    this.nanos = nanos;
    this.lookedNanos = nanos.getAsLong();
    look();
  }

  @Override
  public Verdict admit(Visit visit, long client, String passkey) {
    return admitScrape(visit, passkey);
  }

  @Override
  public Verdict admitScrape(Visit visit, String passkey) {
    boolean fresh = nanos.getAsLong() - lookedNanos < FRESH_NANOS;
    if (fresh && named.admitScrape(visit, passkey) == Verdict.ADMITTED) {
      return Verdict.ADMITTED;
    }
    look();
    return named.admitScrape(visit, passkey);
  }

  private synchronized void look() {
    long now = nanos.getAsLong();
    if (now - lookedNanos < SHARE * tookNanos) {
      return;
    }
    SnapshotChanges looked = changes.apply(version);
    List<Hash> hashes =
        looked.changed().stream().flatMap(snapshot -> snapshot.torrent().wire().stream()).toList();
    if (looked.full()) {
      named.replace(hashes);
    } else {
      hashes.forEach(named::add);
    }
    version = looked.version();
    lookedNanos = nanos.getAsLong();
    tookNanos = lookedNanos - now;
  }
}
