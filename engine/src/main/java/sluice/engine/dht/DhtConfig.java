package sluice.engine.dht;

import java.util.List;
import sluice.protocol.address.HostPort;

/**
 * Settings of the DHT.
 *
 * @param on whether there is one at all
 * @param readOnly asks and does not answer (BEP 43): for programs that run shortly or cannot be
 *     reached
 * @param routers nodes to begin with, when no others are known
 */
public record DhtConfig(boolean on, boolean readOnly, List<HostPort> routers) {
  /** Most routers that are used. */
  public static final int MAX_ROUTERS = 64;

  /** No DHT. */
  public static final DhtConfig OFF = new DhtConfig(false, false, List.of());

  public DhtConfig {
    routers = routers.stream().limit(MAX_ROUTERS).toList();
  }

  /** A node that takes part and begins with {@code routers}. */
  public static DhtConfig with(List<HostPort> routers) {
    return new DhtConfig(true, false, routers);
  }

  /** The same, asking only. */
  public DhtConfig asking() {
    return new DhtConfig(on, true, routers);
  }
}
