package sluice.tracker.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import sluice.tracker.config.TrackerSettings;
import sluice.tracker.service.Clock;
import sluice.tracker.service.Event;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.swarm.Visit;

/**
 * This tracker among others. Ten times a second its thread adds what was announced here to a stream
 * of Redis and takes from it what was announced anywhere, in the order of the stream: so all
 * trackers end with the same, and the last announce of a peer counts, wherever it was.
 */
public final class ClusterNode implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ClusterNode.class.getName());
  private static final String STREAM = "sluice:announces";

  /** At ten entries a second from each of a few trackers: some minutes. */
  private static final int KEPT_ENTRIES = 6_000;

  private static final String START = "0-0";
  private static final int READ_ENTRIES = 20;
  private static final int OUTBOX_BYTES = 4 << 20;
  private static final long PERIOD_NANOS = 100_000_000;
  private static final long RETRY_NANOS = 1_000_000_000;

  private final TrackerCore core;
  private final Clock clock;
  private final TrackerSettings.Cluster shared;
  private final String name;
  private final Outbox outbox = new Outbox(OUTBOX_BYTES);
  private final Visit visit = new Visit();
  private final ByteBuffer nothing = ByteBuffer.allocate(Visit.SLACK_BYTES);
  private final Thread thread;
  private String last = START;
  private byte[] unsent = {};
  private @Nullable RedisLink link;
  private volatile boolean connected;
  private volatile boolean closing;

  /**
   * Joins the trackers at a Redis.
   *
   * @param name of this process, which no other has
   */
  public ClusterNode(TrackerCore core, Clock clock, TrackerSettings.Cluster shared, String name) {
    this.core = core;
    this.clock = clock;
    this.shared = shared;
    this.name = name;
    this.thread = new Thread(this::run, "tracker-cluster");
    thread.setDaemon(true);
    core.tell(outbox::add);
    thread.start();
  }

  /** Whether Redis was there at the last try. */
  public boolean isConnected() {
    return connected;
  }

  private void run() {
    while (!closing) {
      try {
        RedisLink open = link;
        if (open == null) {
          open = RedisLink.open(shared);
          link = open;
          resume(open);
        }
        exchange(open);
        if (!connected) {
          connected = true;
          LOG.log(System.Logger.Level.INFO, Event.of("cluster-connected", "redis", shared.redis()));
        }
        LockSupport.parkNanos(PERIOD_NANOS);
      } catch (IOException e) {
        if (connected) {
          LOG.log(
              System.Logger.Level.WARNING,
              Event.of("cluster-alone", "redis", shared.redis(), "problem", e));
        }
        connected = false;
        drop();
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
    drop();
  }

  /** Entries have times as names: a Redis that is behind ours has other ones. */
  private void resume(RedisLink open) throws IOException {
    List<RedisLink.Answer> newest = open.command("XREVRANGE", STREAM, "+", "-", "COUNT", 1).list();
    if (newest.isEmpty() || isBefore(id(newest.getFirst()), last)) {
      last = START;
    }
  }

  private static boolean isBefore(String id, String other) throws IOException {
    try {
      String[] left = id.split("-", -1);
      String[] right = other.split("-", -1);
      int order =
          Long.compareUnsigned(Long.parseUnsignedLong(left[0]), Long.parseUnsignedLong(right[0]));
      return order < 0
          || (order == 0 && Long.parseUnsignedLong(left[1]) < Long.parseUnsignedLong(right[1]));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IOException("not the name of an entry: " + id, e);
    }
  }

  private static String id(RedisLink.Answer entry) throws IOException {
    return new String(entry.list().get(0).bytes(), StandardCharsets.US_ASCII);
  }

  private void exchange(RedisLink open) throws IOException {
    if (unsent.length == 0) {
      unsent = outbox.take();
    }
    if (unsent.length > 0) {
      var _ =
          open.command(
              "XADD", STREAM, "MAXLEN", "~", KEPT_ENTRIES, "*", "from", name, "is", unsent);
      unsent = new byte[0];
    }
    int got = READ_ENTRIES;
    while (got == READ_ENTRIES && !closing) {
      got = 0;
      for (RedisLink.Answer stream :
          open.command("XREAD", "COUNT", READ_ENTRIES, "STREAMS", STREAM, last).list()) {
        for (RedisLink.Answer entry : stream.list().get(1).list()) {
          got++;
          take(entry);
        }
      }
    }
  }

  private void take(RedisLink.Answer entry) throws IOException {
    last = id(entry);
    var fields = entry.list().get(1).list();
    if (fields.size() < 4) {
      return;
    }
    boolean own = name.equals(new String(fields.get(1).bytes(), StandardCharsets.UTF_8));
    ByteBuffer announces = ByteBuffer.wrap(fields.get(3).bytes());
    int seconds = clock.seconds();
    while (Outbox.read(announces, own, visit)) {
      nothing.clear();
      core.store().announce(visit, seconds, 1, nothing);
    }
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
