package sluice.engine.session;

import java.util.Comparator;
import sluice.engine.policy.Pace;
import sluice.engine.policy.QueueEntry;
import sluice.engine.policy.QueueEntry.Job;
import sluice.engine.policy.QueueLimits;
import sluice.engine.policy.QueuePlan;
import sluice.engine.policy.ShareRule;
import sluice.engine.torrent.Phase;
import sluice.engine.torrent.Torrent;

/**
 * The terms of one entry: whether it may run, since when it does, and how long it shares. Loop
 * only.
 */
final class Turn {
  /** As people see the queue. */
  static final Comparator<Turn> ORDER =
      Comparator.<Turn>comparingLong(t -> t.place.order()).thenComparingLong(t -> t.number);

  private final long number;
  private QueuePlace place;
  private ShareRule share;

  /** Whether it has shared enough. */
  private boolean shared;

  private boolean allowed = true;

  /** Whether its data have not been looked at, or are not to be believed. */
  private boolean unchecked;

  private Job job = Job.DOWNLOAD;

  /** Whether it runs with {@link #job} without having been given a place for it. */
  private boolean newcomer;

  private boolean told;
  private long sinceNanos;
  private Pace pace = Pace.started(0);

  /** {@code number} decides between two with the same order. */
  Turn(long number, Terms terms, boolean unchecked) {
    this.number = number;
    this.place = terms.place().orElse(new QueuePlace(0, false));
    this.share = terms.share();
    this.unchecked = unchecked;
  }

  /** When it has shared enough, where it differs from the session. */
  ShareRule share() {
    return share;
  }

  void share(ShareRule changed) {
    share = changed;
    shared = false;
  }

  boolean hasShared() {
    return shared;
  }

  void shared(boolean enough) {
    shared = enough;
  }

  QueuePlace place() {
    return place;
  }

  void place(QueuePlace changed) {
    place = changed;
  }

  /** Whether it may run if it is wanted. */
  boolean isAllowed() {
    return allowed;
  }

  void allow(boolean may) {
    allowed = may;
  }

  /** Its data are to be checked. */
  void distrust() {
    unchecked = true;
  }

  /** Its data have been checked. */
  void checked() {
    unchecked = false;
  }

  Job job() {
    return job;
  }

  /** Whether people were told that it waits. */
  boolean isTold() {
    return told;
  }

  void tell(boolean waits) {
    told = waits;
  }

  /** It has a place from {@code now} on. */
  void begin(long now) {
    newcomer = false;
    sinceNanos = now;
    pace = Pace.started(now);
  }

  /** It runs and has no place yet. */
  void come() {
    newcomer = true;
  }

  boolean isNewcomer() {
    return newcomer;
  }

  /** It has run for long when the limits begin. */
  void settled(long now) {
    begin(now);
    sinceNanos = now - QueuePlan.SETTLE_NANOS;
  }

  /** Looks again at what {@code entry} does. True if that has changed. */
  boolean look(Entry entry, TorrentSnapshot last) {
    Job before = job;
    boolean complete = last.pieces() > 0 && last.haveBytes() >= last.wantedBytes();
    job = unchecked ? Job.CHECK : complete || !entry.spec().download() ? Job.SEED : Job.DOWNLOAD;
    return job != before;
  }

  /** A second has passed. True if it became slow, or is so no longer. */
  boolean measure(Entry entry, QueueLimits limits, long now) {
    boolean before = pace.slow();
    if (entry.fetching().isPresent()) {
      pace = pace.seen(0, limits.slowDownBytesPerSecond(), now);
    }
    entry
        .torrent()
        .filter(t -> t.phase().isActive())
        .ifPresent(t -> pace = pace.seen(rate(t, now), threshold(t, limits), now));
    return pace.slow() != before;
  }

  private static long rate(Torrent torrent, long now) {
    return torrent.phase() instanceof Phase.Seeding
        ? torrent.counters().upRate(now)
        : torrent.counters().downRate(now);
  }

  private static long threshold(Torrent torrent, QueueLimits limits) {
    return torrent.phase() instanceof Phase.Seeding
        ? limits.slowUpBytesPerSecond()
        : limits.slowDownBytesPerSecond();
  }

  /** Whether it runs so slowly that it does not count. */
  boolean isSlow() {
    return pace.slow();
  }

  QueueEntry asSeen(boolean running, long now) {
    boolean placed = running && !newcomer;
    return new QueueEntry(
        job, true, place.forced(), placed, placed && pace.slow(), placed ? now - sinceNanos : 0);
  }
}
