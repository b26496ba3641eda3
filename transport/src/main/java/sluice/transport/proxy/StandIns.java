package sluice.transport.proxy;

import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Resolver;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.proxy.Destination;
import sluice.protocol.proxy.HostNames;

/**
 * Addresses that stand for names, so that a name reaches the proxy that is to resolve it. They are
 * of 198.18.0.0/15, which no network uses, and mean something only here. Loop only.
 */
public final class StandIns implements Resolver {
  /** Most names; the one that was asked for least recently is forgotten. */
  static final int MAX_NAMES = 4_096;

  private static final int FIRST = 198 << 24 | 18 << 16;

  private final Loop loop;
  private final Map<String, Integer> names = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<InetAddress, String> addresses = new LinkedHashMap<>();
  private int used;

  /** No names yet. */
  public StandIns(Loop loop) {
    this.loop = loop;
  }

  @Override
  public void resolve(String host, Handler handler) {
    Optional<InetAddress> known = HostNames.address(host);
    if (known.isPresent() || !HostNames.isName(host)) {
      Fault none = new Fault(Fault.Kind.UNKNOWN_HOST, "not a name: " + host);
      loop.execute(() ->
          known.ifPresentOrElse(
              found -> handler.onResolved(List.of(found)), () -> handler.onFault(none)));
      return;
    }
    InetAddress address = of(host);
    loop.execute(() -> handler.onResolved(List.of(address)));
  }

  private InetAddress of(String name) {
    Integer known = names.get(name);
    if (known != null) {
      return address(known);
    }
    int number = used;
    if (names.size() < MAX_NAMES) {
      used++;
    } else {
      Iterator<Map.Entry<String, Integer>> oldest = names.entrySet().iterator();
      number = oldest.next().getValue();
      oldest.remove();
    }
    names.put(name, number);
    InetAddress address = address(number);
    addresses.put(address, name);
    return address;
  }

  private static InetAddress address(int number) {
    int bits = FIRST + 1 + number;
    byte[] bytes = {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits};
    return IpLiteral.ofBytes(bytes).orElseThrow();
  }

  /** Where {@code endpoint} is: at a name if it stands for one. */
  Destination destination(Endpoint endpoint) {
    String name = addresses.get(endpoint.address());
    return name == null || endpoint.port() == 0
        ? new Destination.Numeric(endpoint)
        : new Destination.Named(new HostPort(name, endpoint.port()));
  }
}
