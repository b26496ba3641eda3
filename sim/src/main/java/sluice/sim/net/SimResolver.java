package sluice.sim.net;

import java.net.InetAddress;
import java.util.List;
import sluice.engine.port.Fault;
import sluice.engine.port.Resolver;

/** Names of the simulated network, and literals. */
public final class SimResolver implements Resolver {
  private static final long LOOKUP_NANOS = 20_000_000;

  private final SimNet net;

  /** The resolver of the process behind {@code net}. */
  public SimResolver(SimNet net) {
    this.net = net;
  }

  @Override
  public void resolve(String host, Handler handler) {
    net.loop().check();
    net.loop().post(LOOKUP_NANOS, "resolved", () -> answer(host, handler));
  }

  private void answer(String host, Handler handler) {
    List<InetAddress> known = net.network().lookup(host);
    if (!known.isEmpty()) {
      handler.onResolved(known);
      return;
    }
    InetAddress literal;
    try {
      literal = InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      handler.onFault(new Fault(Fault.Kind.UNKNOWN_HOST, "unknown host " + host));
      return;
    }
    handler.onResolved(List.of(literal));
  }
}
