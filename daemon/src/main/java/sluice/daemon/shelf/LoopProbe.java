package sluice.daemon.shelf;

import java.util.concurrent.atomic.AtomicBoolean;
import sluice.client.Client;
import sluice.daemon.metric.Durations;

/**
 * What the engine's loop tells when it is asked: nodes of the DHT, and how late it was. It only
 * reads two numbers then, and has one such task at a time. Nobody waits for it: what is told is
 * what it said the last time. Any thread.
 */
public final class LoopProbe {
  private final Client client;
  private final Durations lag = new Durations();
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile Nodes nodes = new Nodes(0, 0);

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

  /** The nodes that there were when somebody asked last. */
  public Nodes nodes() {
    if (asked.compareAndSet(false, true)) {
      long then = System.nanoTime();
      client.dht(dht -> {
        lag.add(System.nanoTime() - then);
        nodes = new Nodes(dht.contacts(false), dht.contacts(true));
        asked.set(false);
      });
    }
    return nodes;
  }
}
