package sluice.engine.announce;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Loop;
import sluice.protocol.address.Endpoint;
import sluice.protocol.announce.AnnounceReply;
import sluice.protocol.announce.AnnounceRequest.Event;

/**
 * Announces one info-hash. A round asks one tracker after the other, from the top, until one
 * answers; the next round is due after that one's interval, or after a growing pause when all have
 * failed. At most one round is under way.
 */
final class HashAnnouncer {
  private static final long SECOND_NANOS = 1_000_000_000L;
  static final int MIN_INTERVAL_SECONDS = 30;
  static final int MAX_INTERVAL_SECONDS = 3_600;

  /** Least time before an early announce when the tracker names none. */
  static final int EARLY_SECONDS = 60;

  /** Pauses after rounds without an answer; the last one repeats. */
  private static final int[] PAUSES_SECONDS = {5, 15, 30, 60, 120, 300, 600, 1_200, 1_800};

  private final Loop loop;
  private final Trackers trackers;
  private final Requests requests;
  private Tiers tiers;
  private final Announcer.Listener listener;

  private boolean running;
  private boolean completable;
  private boolean completedDue;
  private int failedRounds;

  /** The round under way; a late answer to an earlier one brings peers, but decides nothing. */
  private @Nullable Round round;

  /** When the next round begins; meaningful while {@link #timer} is set. */
  private long nextNanos;

  private long earliestNanos;
  private Loop.@Nullable Timer timer;

  HashAnnouncer(
      Loop loop, Trackers trackers, Requests requests, Tiers tiers, Announcer.Listener listener) {
    this.loop = loop;
    this.trackers = trackers;
    this.requests = requests;
    this.tiers = tiers;
    this.listener = listener;
  }

  void start() {
    assert loop.isCurrent();
    if (!running) {
      running = true;
      completable = !requests.isComplete();
      begin();
    }
  }

  void completed() {
    assert loop.isCurrent();
    if (running && completable) {
      completable = false;
      completedDue = true;
      if (round == null && failedRounds == 0) {
        begin();
      }
    }
  }

  void wantPeers() {
    assert loop.isCurrent();
    if (running && timer != null && failedRounds == 0 && earliestNanos - nextNanos < 0) {
      schedule(Math.max(0, earliestNanos - loop.now()));
    }
  }

  /** Those that are asked. */
  Tiers tiers() {
    return tiers;
  }

  /** Announces at once, unless it is doing so. */
  void again() {
    assert loop.isCurrent();
    if (running && round == null) {
      begin();
    }
  }

  /** Goes on with {@code next}; those that are not among them are told goodbye. */
  void trackers(Tiers next) {
    assert loop.isCurrent();
    Tiers after = next.after(tiers);
    List<Tracker> left = new ArrayList<>(tiers.inOrder());
    left.removeAll(after.inOrder());
    left.removeIf(tracker -> !tracker.listed);
    tiers = after;
    if (running) {
      left.forEach(tracker -> leave(tracker, () -> {}));
      round = null;
      begin();
    }
  }

  /** Ends; trackers that list us forget us by themselves. */
  void abandon() {
    running = false;
    round = null;
    cancelTimer();
  }

  /** Ends, and tells the trackers that list us; returns how often {@code told} will be called. */
  int stop(Runnable told) {
    assert loop.isCurrent();
    abandon();
    List<Tracker> listing = tiers.inOrder().stream().filter(t -> t.listed).toList();
    listing.forEach(tracker -> leave(tracker, told));
    return listing.size();
  }

  private void leave(Tracker tracker, Runnable told) {
    tracker.listed = false;
    trackers.announce(
        tracker.url, requests.make(Event.STOPPED, tracker), false, new Farewell(told));
  }

  private void begin() {
    cancelTimer();
    List<Tracker> order = tiers.inOrder();
    if (!order.isEmpty()) {
      round = new Round(order);
      round.tryNext();
    }
  }

  private void schedule(long delayNanos) {
    cancelTimer();
    nextNanos = loop.now() + delayNanos;
    timer =
        loop.after(
            delayNanos,
            () -> {
              timer = null;
              begin();
            });
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private Event eventFor(Tracker tracker) {
    if (!tracker.started) {
      return Event.STARTED;
    }
    return completedDue ? Event.COMPLETED : Event.NONE;
  }

  /** The round has its answer. */
  private void answered(Tracker tracker, Event event, AnnounceReply.Peers reply) {
    round = null;
    failedRounds = 0;
    tracker.started = true;
    tiers.promote(tracker);
    completedDue = completedDue && event != Event.COMPLETED;
    int interval = Math.clamp(reply.intervalSeconds(), MIN_INTERVAL_SECONDS, MAX_INTERVAL_SECONDS);
    int early = Math.min(EARLY_SECONDS, interval);
    int least =
        Math.clamp(
            reply.minIntervalSeconds().orElse(early), MIN_INTERVAL_SECONDS, MAX_INTERVAL_SECONDS);
    earliestNanos = loop.now() + least * SECOND_NANOS;
    schedule(completedDue ? 0 : Math.max(interval, least) * SECOND_NANOS);
  }

  private void allFailed() {
    round = null;
    int pause = PAUSES_SECONDS[Math.min(failedRounds, PAUSES_SECONDS.length - 1)];
    failedRounds++;
    schedule(pause * SECOND_NANOS);
  }

  private void hear(Tracker tracker, AnnounceReply.Peers reply) {
    reply.trackerId().ifPresent(id -> tracker.trackerId = reply.trackerId());
    boolean near = tracker.url.isLoopback();
    List<Endpoint> peers =
        reply.peers().stream().filter(p -> near || !p.address().isLoopbackAddress()).toList();
    listener.onPeers(tracker.url.redacted(), peers, reply);
  }

  private void failed(Tracker tracker, Refusal refusal) {
    tracker.listed = tracker.started;
    OptionalInt retry = refusal.retrySeconds();
    if (retry.isPresent() && retry.getAsInt() == AnnounceReply.Failure.NEVER) {
      tracker.restForever();
    } else if (retry.isPresent()) {
      tracker.rest(loop.now() + retry.getAsInt() * SECOND_NANOS);
    }
    listener.onFailure(tracker.url.redacted(), tracker.url.clean(refusal.message()));
  }

  /** A walk through the trackers. */
  private final class Round {
    private final List<Tracker> order;
    private int next;

    Round(List<Tracker> order) {
      this.order = order;
    }

    void tryNext() {
      while (next < order.size() && order.get(next).isResting(loop.now())) {
        next++;
      }
      if (next == order.size()) {
        allFailed();
        return;
      }
      Tracker tracker = order.get(next++);
      Event event = eventFor(tracker);
      tracker.listed = true;
      trackers.announce(
          tracker.url,
          requests.make(event, tracker),
          next == order.size(),
          new AnnounceHandler() {
            @Override
            public void onReply(AnnounceReply.Peers reply) {
              if (running) {
                if (round == Round.this) {
                  answered(tracker, event, reply);
                }
                hear(tracker, reply);
              }
            }

            @Override
            public void onFailure(Refusal refusal) {
              if (running && round == Round.this) {
                failed(tracker, refusal);
                tryNext();
              }
            }
          });
    }
  }

  /** Waits for the answer to a goodbye, whatever it is. */
  private static final class Farewell implements AnnounceHandler {
    private final Runnable told;
    private boolean done;

    Farewell(Runnable told) {
      this.told = told;
    }

    @Override
    public void onReply(AnnounceReply.Peers reply) {
      end();
    }

    @Override
    public void onFailure(Refusal refusal) {
      end();
    }

    private void end() {
      if (!done) {
        done = true;
        told.run();
      }
    }
  }
}
