package sluice.engine.announce;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sluice.engine.policy.UrlGuard;
import sluice.engine.port.Entropy;
import sluice.engine.port.Loop;
import sluice.protocol.address.Endpoint;
import sluice.protocol.announce.AnnounceReply;

/** Tells trackers about one torrent and brings its peers. Thread: the loop. */
public final class Announcer {
  /** Longest time that {@link #stop} takes. */
  static final long STOP_NANOS = 3_000_000_000L;

  private static final String FORBIDDEN =
      "not asked: on this machine only http://HOST:PORT/announce without a query is";

  private static final String OUTSIDE = "not asked: only public addresses are";

  private final Loop loop;
  private final UrlGuard guard;
  private final Entropy entropy;
  private final List<Circle> circles = new ArrayList<>();
  private List<TrackerUrl> forbidden;
  private final String why;
  private final Listener listener;
  private @Nullable Goodbye goodbye;

  /** An announcer that does nothing until {@link #start}. */
  public Announcer(
      Loop loop,
      Trackers trackers,
      Entropy entropy,
      AnnounceSpec spec,
      Supplier<Stats> stats,
      Listener listener) {
    this.loop = loop;
    this.guard = trackers.guard();
    this.entropy = entropy;
    Tiers tiers = Tiers.of(spec.tiers(), guard, entropy);
    this.forbidden = tiers.forbidden();
    this.why = guard == UrlGuard.STRICT ? OUTSIDE : FORBIDDEN;
    this.listener = listener;
    int key = (int) entropy.nextLong();
    for (int i = 0; i < spec.infoHashes().size(); i++) {
      Requests requests =
          new Requests(spec.infoHashes().get(i), spec.peerId(), spec.port(), key, stats);
      circles.add(
          new Circle(
              trackers.toAll(),
              i == 0 ? tiers : tiers.copy(),
              part -> new HashAnnouncer(loop, trackers, requests, part, listener)));
    }
  }

  /** Announces, and goes on doing so until {@link #stop}. */
  public void start() {
    tellForbidden();
    circles.forEach(Circle::start);
  }

  private void tellForbidden() {
    for (TrackerUrl url : forbidden) {
      loop.execute(() -> listener.onFailure(url.redacted(), why));
    }
  }

  /** Announces at once, whatever was agreed with the tracker; for users who insist. */
  public void again() {
    circles.forEach(circle -> circle.each(HashAnnouncer::again));
  }

  /** Goes on with these trackers; those that are not among them are told goodbye. */
  public void trackers(List<List<String>> urls) {
    Tiers tiers = Tiers.of(urls, guard, entropy);
    forbidden = tiers.forbidden();
    tellForbidden();
    circles.forEach(circle -> circle.trackers(tiers));
  }

  /** The download is complete. Told to trackers once, and not if nothing was missing at start. */
  public void completed() {
    circles.forEach(circle -> circle.each(HashAnnouncer::completed));
  }

  /** More peers are wanted: announces as soon as the tracker's minimum interval allows. */
  public void wantPeers() {
    circles.forEach(circle -> circle.each(HashAnnouncer::wantPeers));
  }

  /** Says goodbye to the trackers that list us; {@code done} runs later, after 3 s at the most. */
  public void stop(Runnable done) {
    if (goodbye != null) {
      goodbye.add(done);
      return;
    }
    Goodbye ending = new Goodbye(done);
    goodbye = ending;
    ending.timer = loop.after(STOP_NANOS, ending::finish);
    circles.forEach(
        circle -> circle.each(announcer -> ending.open += announcer.stop(ending::oneDone)));
    if (ending.open == 0) {
      loop.execute(ending::finish);
    }
  }

  /** Ends without a goodbye. */
  public void abandon() {
    circles.forEach(circle -> circle.each(HashAnnouncer::abandon));
  }

  /** What the torrent has done so far, for the tracker. */
  public record Stats(long uploaded, long downloaded, long left, boolean paused) {}

  /** Receives what trackers say. Addresses of trackers come without their secrets. */
  public interface Listener {
    /** A tracker answered. */
    void onPeers(String url, List<Endpoint> peers, AnnounceReply.Peers reply);

    /** A tracker could not be used; others, or the same later, are tried. */
    void onFailure(String url, String message);
  }

  /** The end of all announces: counts the trackers that have not answered yet. */
  private static final class Goodbye {
    private final List<Runnable> done = new ArrayList<>();
    private Loop.@Nullable Timer timer;
    private int open;
    private boolean finished;

    Goodbye(Runnable done) {
      this.done.add(done);
    }

    void add(Runnable more) {
      if (finished) {
        more.run();
      } else {
        done.add(more);
      }
    }

    void oneDone() {
      open--;
      if (open == 0) {
        finish();
      }
    }

    void finish() {
      if (finished) {
        return;
      }
      finished = true;
      if (timer != null) {
        timer.cancel();
      }
      done.forEach(Runnable::run);
    }
  }
}
