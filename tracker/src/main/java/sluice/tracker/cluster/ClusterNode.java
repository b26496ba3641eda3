package sluice.tracker.cluster;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import sluice.tracker.config.TrackerSettings;
import sluice.tracker.service.Clock;
import sluice.tracker.service.ClusterState;
import sluice.tracker.service.Event;
import sluice.tracker.service.TrackerCore;

/**
 * This tracker among others. Ten times a second its thread adds what was announced here to a stream
 * of Redis and takes from it what was announced anywhere, in the order of the stream: so all
 * trackers end with the same, and the last announce of a peer counts, wherever it was. So a peer is
 * known at all within two periods and the time that the work of both takes.
 */
public final class ClusterNode implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ClusterNode.class.getName());
  private static final int OUTBOX_BYTES = 4 << 20;
  private static final long PERIOD_NANOS = 100_000_000;

  /** Between two turns on a machine that has no time for more. */
  private static final long LEAST_PERIOD_NANOS = PERIOD_NANOS / 2;

  private static final long RETRY_NANOS = 1_000_000_000;

  private final TrackerSettings.Cluster shared;
  private final long retryNanos;
  private final Outbox outbox = new Outbox(OUTBOX_BYTES);
  private final AnnounceStream stream;
  private final Thread thread;
  private @Nullable RedisLink link;
  private volatile boolean connected;
  private volatile long behindMillis;
  private volatile boolean closing;

  /**
   * Joins the trackers at a Redis.
   *
   * @param name of this process, which no other has
   */
  public ClusterNode(TrackerCore core, Clock clock, TrackerSettings.Cluster shared, String name) {
    this(core, clock, shared, name, RETRY_NANOS);
  }

  ClusterNode(
      TrackerCore core, Clock clock, TrackerSettings.Cluster shared, String name, long retryNanos) {
    this.shared = shared;
    this.retryNanos = retryNanos;
    this.stream = new AnnounceStream(core, clock, name, outbox);
    this.thread = new Thread(this::run, "tracker-cluster");
    thread.setDaemon(true);
    core.tell(outbox::add);
    thread.start();
  }

  /** Whether Redis was there at the last try. */
  public boolean isConnected() {
    return connected;
  }

  /** How it stands with the others. */
  public ClusterState state() {
    return new ClusterState(connected, behindMillis, outbox.dropped());
  }

  private void run() {
    long due = System.nanoTime();
    while (!closing) {
      try {
        RedisLink open = link();
        long late = System.nanoTime() - due;
        boolean more = stream.turn(open, late >= 0);
        if (late >= 0) {
          due = Math.max(due + PERIOD_NANOS, System.nanoTime() + LEAST_PERIOD_NANOS);
        }
        behindMillis = stream.behindMillis();
        if (!connected) {
          connected = true;
          LOG.log(System.Logger.Level.INFO, Event.of("cluster-connected", "redis", shared.redis()));
        }
        if (!more) {
          pause(due - System.nanoTime());
        }
      } catch (IOException e) {
        if (connected) {
          LOG.log(
              System.Logger.Level.WARNING,
              Event.of("cluster-alone", "redis", shared.redis(), "problem", e));
        }
        connected = false;
        drop();
        pause(retryNanos);
        due = System.nanoTime();
      }
    }
    drop();
  }

  private void pause(long nanos) {
    LockSupport.parkNanos(this, nanos);
  }

  private RedisLink link() throws IOException {
    RedisLink open = link;
    if (open == null) {
      open = RedisLink.open(shared);
      link = open;
      stream.resume(open);
    }
    return open;
  }

  private void drop() {
    RedisLink open = link;
    link = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, Event.of("close-failed", "problem", e));
      }
    }
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
