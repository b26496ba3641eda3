package sluice.engine.port;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;

/** The routers by which this machine reaches others. Call on the loop. */
public interface Gateways {
  /** None. */
  Gateways NONE = told -> told.accept(List.of());

  /** Looks for them; {@code told} runs on the loop, once. */
  void find(Consumer<List<Router>> told);

  /**
   * A router.
   *
   * @param address of the router
   * @param local this machine's address in its network
   */
  record Router(InetAddress address, InetAddress local) {}
}
