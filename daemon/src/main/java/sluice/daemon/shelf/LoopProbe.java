package sluice.daemon.shelf;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import sluice.client.Client;
import sluice.client.ClientStatus;
import sluice.daemon.metric.Durations;

/**
 * What the engine's loop tells when it is asked: how the client is, how late the loop was, and how
 * busy. What is told is at most a second old, unless the loop is so late that nobody waits for it;
 * there is one question at a time. Any thread that may block.
 */
public final class LoopProbe {
  private static final long FRESH_NANOS = 1_000_000_000L;
  private static final long PATIENCE_MILLIS = 50;

  private final Client client;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Durations lag = new Durations();
  private final AtomicReference<@Nullable CountDownLatch> asked = new AtomicReference<>();
  private volatile Optional<Told> told = Optional.empty();

  /**
   * An answer.
   *
   * @param atNanos when it was given
   * @param loopNanos of processors that the loop's thread has had
   * @param busy the part of the time since the answer before that the loop's thread had one
   */
  private record Told(ClientStatus status, long atNanos, long loopNanos, double busy) {}

  /** Nodes in the tables, by family of their addresses. */
  public record Nodes(int ipv4, int ipv6) {
    /** All of them. */
    public int all() {
      return ipv4 + ipv6;
    }
  }

  LoopProbe(Client client) {
    this.client = client;
  }

  /** How long tasks have waited for the loop. */
  public Durations lag() {
    return lag;
  }

  /** The part of the time in which the loop had work, between the last two questions. */
  public double busy() {
    return told.map(Told::busy).orElse(0.0);
  }

  /** How the client is; empty while the loop has never answered. */
  public Optional<ClientStatus> status() {
    boolean fresh = told.filter(t -> System.nanoTime() - t.atNanos < FRESH_NANOS).isPresent();
    if (!fresh) {
      await(ask());
    }
    return told.map(Told::status);
  }

  /** The nodes that there are. */
  public Nodes nodes() {
    return status()
        .map(all -> new Nodes(all.session().dht().ipv4(), all.session().dht().ipv6()))
        .orElse(new Nodes(0, 0));
  }

  private CountDownLatch ask() {
    CountDownLatch mine = new CountDownLatch(1);
    CountDownLatch other = asked.compareAndExchange(null, mine);
    if (other != null) {
      return other;
    }
    long then = System.nanoTime();
    client.status(status -> {
      long now = System.nanoTime();
      lag.add(now - then);
      long used = threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : 0;
      double busy =
          told.map(t -> (double) (used - t.loopNanos) / Math.max(1, now - t.atNanos)).orElse(0.0);
      told = Optional.of(new Told(status, now, used, Math.clamp(busy, 0, 1)));
      asked.set(null);
      mine.countDown();
    });
    return mine;
  }

  private static void await(CountDownLatch answered) {
    try {
      answered.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
