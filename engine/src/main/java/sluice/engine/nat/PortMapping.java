package sluice.engine.nat;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Entropy;
import sluice.engine.port.Gateways;
import sluice.engine.port.Gateways.Router;
import sluice.engine.port.Http;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;

/** The mapping of one port, for TCP and UDP, at all routers. Loop only. */
public final class PortMapping {
  /** How long a mapping holds unless it is renewed. */
  static final int LIFETIME_SECONDS = 3_600;

  /** Most routers that are asked. */
  private static final int MAX_ROUTERS = 4;

  /** Longest time that the end takes. */
  private static final long END_NANOS = 1_000_000_000L;

  private static final long LOOK_AGAIN_NANOS = 60_000_000_000L;

  private final Ports ports;
  private final Consumer<InetAddress> external;
  private final java.util.ArrayList<RouterTalk> routers = new java.util.ArrayList<>();
  private @Nullable UpnpTalk upnp;
  private int port;
  private long lookNanos;
  private boolean started;
  private boolean closed;

  /** What routers are spoken with by. */
  public record Ports(Loop loop, Net net, Http http, Entropy entropy, Gateways gateways) {}

  /** Nothing is asked yet; {@code external} hears of the address that a router has outside. */
  public PortMapping(Ports ports, Consumer<InetAddress> external) {
    this.ports = ports;
    this.external = external;
  }

  /** A second has passed; peers are let in at {@code wanted}, or nowhere if that is 0. */
  public void tick(long now, int wanted) {
    if (closed || wanted == 0) {
      return;
    }
    if (!started || now - lookNanos >= 0) {
      started = true;
      port = wanted;
      lookNanos = now + LOOK_AGAIN_NANOS;
      ports.gateways().find(this::found);
    }
    routers.forEach(router -> router.tick(now));
    if (upnp != null) {
      upnp.tick(now);
    }
  }

  private void found(List<Router> all) {
    for (Router router : all) {
      boolean known = routers.stream().anyMatch(talk -> talk.router().equals(router));
      if (!closed && !known && routers.size() < MAX_ROUTERS) {
        RouterTalk talk = new RouterTalk(ports, router, port, external);
        routers.add(talk);
        talk.start();
        if (upnp == null) {
          UpnpTalk gateways = new UpnpTalk(ports, router.local(), port, external);
          upnp = gateways;
          gateways.start();
        }
      }
    }
  }

  /** Takes the mappings back; {@code done} runs once, within a second. */
  public void close(Runnable done) {
    closed = true;
    boolean any = routers.stream().anyMatch(RouterTalk::isMapped);
    routers.forEach(RouterTalk::close);
    if (upnp != null) {
      any |= upnp.isMapped();
      upnp.close();
    }
    if (any) {
      // The requests have left by then; nobody waits for answers that may not come.
      ports.loop().after(END_NANOS, () -> end(done));
    } else {
      end(done);
    }
  }

  private void end(Runnable done) {
    routers.forEach(RouterTalk::release);
    if (upnp != null) {
      upnp.release();
    }
    done.run();
  }
}
