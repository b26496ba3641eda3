package sluice.daemon.shelf;

import java.net.Inet6Address;
import java.util.concurrent.atomic.AtomicBoolean;
import sluice.client.Client;
import sluice.daemon.metric.Durations;
import sluice.engine.dht.Dht;
import sluice.engine.dht.DhtStatus;

/**
 * What the engine's loop tells when it is asked: nodes of the DHT, and how late it was. Nobody
 * waits for it: what is told is what it said the last time. Any thread.
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
        nodes = count(dht);
        asked.set(false);
      });
    }
    return nodes;
  }

  private static Nodes count(Dht dht) {
    int ipv4 = 0;
    int ipv6 = 0;
    for (DhtStatus each : dht.status()) {
      if (each.own().endpoint().address() instanceof Inet6Address) {
        ipv6 += each.contacts().size();
      } else {
        ipv4 += each.contacts().size();
      }
    }
    return new Nodes(ipv4, ipv6);
  }
}
