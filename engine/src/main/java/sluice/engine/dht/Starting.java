package sluice.engine.dht;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import sluice.engine.port.Fault;
import sluice.engine.port.Resolver;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;

/**
 * The nodes to begin with: those of an earlier run, those that torrents and peers name, and the
 * routers of the settings. Loop only.
 */
final class Starting implements Upkeep.Starters {
  /** Most nodes that are kept to begin with; the oldest goes first. */
  static final int MAX_NODES = 256;

  /** Most that are asked at a time. */
  static final int MAX_ASKED = 48;

  private final Resolver resolver;
  private final Set<HostPort> routers = new LinkedHashSet<>();
  private final Set<Endpoint> nodes = new LinkedHashSet<>();
  private boolean loopback;

  Starting(Resolver resolver, List<HostPort> routers) {
    this.resolver = resolver;
    this.routers.addAll(routers);
  }

  /** Whether somebody whom we trust has named a node of this machine. */
  boolean namesLoopback() {
    return loopback;
  }

  /** Remembers a node. */
  void add(Endpoint node, boolean trusted) {
    loopback |= trusted && node.address().isLoopbackAddress();
    nodes.remove(node);
    if (nodes.size() >= MAX_NODES) {
      nodes.remove(nodes.iterator().next());
    }
    nodes.add(node);
  }

  /** Remembers a router. */
  void add(HostPort router) {
    if (routers.size() < DhtConfig.MAX_ROUTERS) {
      routers.add(router);
    }
  }

  @Override
  public void find(boolean ipv6, Consumer<List<Endpoint>> found) {
    List<Endpoint> all = new ArrayList<>();
    List<Endpoint> fresh = new ArrayList<>(nodes).reversed();
    fresh.stream().filter(n -> n.isIpv6() == ipv6).limit(MAX_ASKED / 2).forEach(all::add);
    int[] left = {routers.size()};
    if (left[0] == 0) {
      found.accept(all);
      return;
    }
    for (HostPort router : List.copyOf(routers)) {
      resolver.resolve(
          router.host(),
          new Resolver.Handler() {
            @Override
            public void onResolved(List<InetAddress> addresses) {
              for (InetAddress address : addresses) {
                Endpoint endpoint = new Endpoint(address, router.port());
                loopback |= address.isLoopbackAddress();
                if (endpoint.isIpv6() == ipv6 && all.size() < MAX_ASKED) {
                  all.add(endpoint);
                }
              }
              end();
            }

            @Override
            public void onFault(Fault fault) {
              end();
            }

            private void end() {
              if (--left[0] == 0) {
                found.accept(all);
              }
            }
          });
    }
  }
}
