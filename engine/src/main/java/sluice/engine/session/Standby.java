package sluice.engine.session;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Loop;
import sluice.engine.swarm.Source;
import sluice.engine.torrent.Absence;
import sluice.engine.torrent.Announcing;
import sluice.engine.torrent.Beginning;
import sluice.engine.torrent.Done;
import sluice.engine.torrent.Resume;
import sluice.engine.torrent.Services;
import sluice.engine.torrent.Torrent;
import sluice.engine.torrent.Totals;
import sluice.engine.torrent.TrackerAnswer;
import sluice.protocol.address.Endpoint;

/**
 * What an entry is while it need not be open: whether it may stand closed, and the announces that
 * go on meanwhile. Loop only.
 */
final class Standby implements Absence.Listener {
  private final Entry entry;
  private final EntryOwner owner;
  private final Loop loop;

  /** For who comes while nothing is open. */
  private final Reception reception;

  /** Whether all its data are there, as far as is known. */
  private boolean whole;

  /** Whether its data were looked at, and it is announced wherever it is to be. */
  private boolean hadTurn;

  /** Whether it was complete when it met others with common content, who know of it since. */
  private boolean met;

  /**
   * Since when it stands closed, as far as that time has not been counted; empty while it is not.
   */
  private OptionalLong closedSince = OptionalLong.empty();

  /** What it had done by then; empty if it was not opened in this session. */
  private Optional<Totals> totals = Optional.empty();

  /** The announces of what is closed, if there are any. */
  private @Nullable Absence absence;

  Standby(Entry entry, EntryOwner owner, Loop loop) {
    this.entry = entry;
    this.owner = owner;
    this.loop = loop;
    this.reception = new Reception(loop);
    this.whole = entry.spec().source().waits();
    this.met = whole;
  }

  /** Whoever takes the peers that connect, if anybody does. */
  Optional<Door.Host> host() {
    if (entry.isComing()) {
      return Optional.of((pipe, theirs, rest, permit) -> {
        reception.open().add(pipe, theirs, rest, permit);
        wake();
      });
    }
    return entry
        .torrent()
        .<Door.Host>map(run -> run::accept)
        .or(() -> entry.fetching().map(run -> run::accept));
  }

  /** The announces that are made, in whatever state it is. */
  Optional<Announcing> announcing() {
    return entry
        .torrent()
        .map(Torrent::announcing)
        .or(() -> entry.fetching().map(Fetching::announcing))
        .or(() -> Optional.ofNullable(absence).map(Absence::announcing));
  }

  /** Whether it is to be opened. */
  boolean isCalled() {
    return reception.isOpen();
  }

  /** Somebody wants it, or it is its turn to announce: opens it if it waits. */
  void wake() {
    reception.open();
    if (entry.isWaiting()) {
      entry.turn().allow(owner.mayOpen(entry));
      entry.idle();
    } else if (entry.isLined()) {
      owner.openings().hurry(entry);
    }
  }

  /** {@code source} named peers while it is not open: opens it for them. */
  void offer(List<Endpoint> peers, Source source) {
    reception.offer(peers, source);
    wake();
  }

  /** {@code source} named peers by itself while it stands closed: opens it if there is room. */
  void found(List<Endpoint> peers, Source source) {
    owner.openings().found(entry, peers, source);
  }

  /** Nobody can be let in: whoever wanted it is sent away. */
  void sendAway() {
    reception.close();
    entry.settle();
  }

  /** Brings those who wait to {@code run}. */
  void bring(Torrent run) {
    reception.bring(run);
  }

  /** Whether it may be closed until a peer asks for it. */
  boolean isClosable() {
    return whole && entry.spec().source().isKept();
  }

  /** Whether all its data are there. */
  void whole(boolean all) {
    whole = all;
  }

  /** Whether others with common content know that it has all. */
  boolean isMet() {
    return met;
  }

  /** Whether it need not be opened before somebody wants it. */
  boolean hasHadTurn() {
    return hadTurn;
  }

  /** Whether trackers may list it although nothing is open. */
  boolean isListed() {
    return absence != null;
  }

  /** Closes {@code run}, whose announces go on. */
  void begin(Torrent run, Runnable done) {
    hadTurn = true;
    met = true;
    totals = Optional.of(run.totals());
    Absence begun = run.sleep(this, done);
    absence = begun.isEmpty() ? null : begun;
  }

  /** The announces go over to a run, which begins with them. */
  Optional<Beginning> end(Services services, int maxPeers) {
    Optional<Absence> ended = Optional.ofNullable(absence);
    absence = null;
    return ended.map(a -> a.end(services, maxPeers));
  }

  /** It stands closed from here on, which is time of seeding. */
  void close() {
    closedSince = OptionalLong.of(loop.now());
  }

  /** So long it has been closed, without the time that is recorded. */
  long closedNanos() {
    return closedSince.isPresent() ? loop.now() - closedSince.getAsLong() : 0;
  }

  /** What it had done when it was closed, if that is known, or recorded since. */
  Optional<Totals> totals() {
    return totals;
  }

  /** It is opened, and goes on from {@code known} with the time that it was closed. */
  Optional<Resume> reopen(Optional<Resume> known) {
    long closed = closedNanos();
    closedSince = OptionalLong.empty();
    return known.map(r -> r.totals(r.totals().seeded(closed)));
  }

  /** Records how long it has been closed, so that no crash loses that. */
  void record() {
    long closed = closedNanos();
    if (closed > 0 && totals.isPresent()) {
      Totals now = totals.get().seeded(closed);
      totals = Optional.of(now);
      closedSince = OptionalLong.of(loop.now());
      TorrentSnapshot last = entry.last();
      owner.keeper().counters(entry.hashes(), now, new Done(last.havePieces(), last.haveBytes()));
    }
  }

  /** It does not stand closed any more, as it is to do nothing. */
  void rest() {
    record();
    closedSince = OptionalLong.empty();
    leave(() -> {});
  }

  /** It is not to be announced any more; {@code done} runs once trackers were told, or at once. */
  void leave(Runnable done) {
    Absence left = forget();
    if (left == null) {
      done.run();
    } else {
      left.leave(done);
    }
  }

  /** The same without telling anybody. */
  void abandon() {
    Absence left = forget();
    if (left != null) {
      left.abandon();
    }
  }

  private @Nullable Absence forget() {
    Absence left = absence;
    absence = null;
    hadTurn = false;
    return left;
  }

  @Override
  public void onPeers(Optional<TrackerAnswer> tracker, List<Endpoint> peers) {
    tracker.ifPresent(
        answer -> owner.tell(new EngineEvent.TrackerAnswered(entry.hashes(), answer)));
    if (!peers.isEmpty()) {
      found(peers, tracker.isPresent() ? Source.TRACKER : Source.DHT);
    }
  }

  @Override
  public void onFailure(String url, String message) {
    owner.tell(new EngineEvent.TrackerFailed(entry.hashes(), url, message));
  }
}
