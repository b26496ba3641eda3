package sluice.sim.net;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop.Timer;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;
import sluice.sim.world.SimLoop;

/** The network as one process on one host sees it. Call on its loop; handlers run there. */
public final class SimNet implements Net {
  private static final int FIRST_EPHEMERAL_PORT = 49_152;

  private final SimNetwork network;
  private final SimLoop loop;
  private final InetAddress address;
  private final LinkProfile profile;
  private final Uplink uplink;
  private final Downlink downlink;
  private final Map<Integer, ListenHandler> listeners = new LinkedHashMap<>();
  private final Map<Integer, SimDatagrams> sockets = new LinkedHashMap<>();
  private int nextPort = FIRST_EPHEMERAL_PORT;
  private boolean up = true;

  SimNet(SimNetwork network, SimLoop loop, InetAddress address, LinkProfile profile) {
    this.network = network;
    this.loop = loop;
    this.address = address;
    this.profile = profile;
    this.uplink = new Uplink(network.world(), profile.upBytesPerSecond());
    this.downlink = new Downlink(network.world(), profile.downBytesPerSecond());
  }

  /** Drops everything, as when the process dies; the others are told unless it is silent. */
  public void drop(boolean silent) {
    up = false;
    listeners.clear();
    sockets.clear();
    network.dropAll(this, silent);
  }

  SimNetwork network() {
    return network;
  }

  SimLoop loop() {
    return loop;
  }

  InetAddress address() {
    return address;
  }

  LinkProfile profile() {
    return profile;
  }

  Uplink uplink() {
    return uplink;
  }

  Downlink downlink() {
    return downlink;
  }

  boolean isUp() {
    return up;
  }

  @Override
  public void listen(Endpoint local, ListenHandler handler) {
    loop.check();
    int port = local.port() == 0 ? ephemeral() : local.port();
    loop.post(0, "listen", () -> startListening(new Endpoint(local.address(), port), handler));
  }

  private void startListening(Endpoint local, ListenHandler handler) {
    if (!isOurs(local.address())) {
      handler.onFault(new Fault(Fault.Kind.ADDRESS, local + " is not an address of this host"));
    } else if (listeners.putIfAbsent(local.port(), handler) != null) {
      handler.onFault(new Fault(Fault.Kind.ADDRESS, local + " is in use"));
    } else {
      handler.onListening(local, () -> listeners.remove(local.port(), handler));
    }
  }

  @Override
  public void connect(Endpoint remote, long timeoutNanos, ConnectHandler handler) {
    loop.check();
    Attempt attempt = new Attempt(remote, handler, loop);
    if (remote.isIpv6() != new Endpoint(address, 0).isIpv6() || remote.port() == 0) {
      loop.post(0, "unreachable", () -> attempt.fail(Fault.Kind.UNREACHABLE, "no route to"));
      return;
    }
    attempt.timer = loop.after(timeoutNanos, () -> attempt.fail(Fault.Kind.TIMEOUT, "timeout of"));
    network
        .host(remote.address())
        .ifPresent(target ->
            network
                .world()
                .schedule(
                    network.streamLatency(this, target), "syn", () -> arrive(attempt, target)));
  }

  /** The first packet of {@code attempt} is at {@code target}. */
  private void arrive(Attempt attempt, SimNet target) {
    boolean fromOutside = target != this;
    if (!up
        || !network.passes(address, target.address)
        || (fromOutside && !target.profile.reachable())
        || network.host(target.address).filter(t -> t == target).isEmpty()) {
      return;
    }
    long back = network.streamLatency(target, this);
    ListenHandler listener = target.listeners.get(attempt.remote.port());
    if (!target.up || listener == null) {
      loop.post(back, "refused", () -> attempt.fail(Fault.Kind.REFUSED, "nobody listens at"));
      return;
    }
    SimPipe here = new SimPipe(this, target, new Endpoint(address, ephemeral()), attempt.remote);
    SimPipe there = new SimPipe(target, this, attempt.remote, here.local());
    SimPipe.join(here, there);
    target.loop.post(0, "accept", () -> listener.onAccept(there));
    loop.post(back, "connected", () -> attempt.succeed(here));
  }

  @Override
  public void udp(Endpoint local, UdpHandler handler) {
    loop.check();
    int port = local.port() == 0 ? ephemeral() : local.port();
    loop.post(0, "bind", () -> bind(new Endpoint(address, port), local, handler));
  }

  private void bind(Endpoint at, Endpoint asked, UdpHandler handler) {
    SimDatagrams socket = new SimDatagrams(this, at, handler);
    if (!isOurs(asked.address())) {
      handler.onFault(null, new Fault(Fault.Kind.ADDRESS, asked + " is not local"));
    } else if (sockets.putIfAbsent(at.port(), socket) != null) {
      handler.onFault(null, new Fault(Fault.Kind.ADDRESS, at + " is in use"));
    } else {
      handler.onBound(at, socket);
    }
  }

  @Nullable SimDatagrams socket(int port) {
    return sockets.get(port);
  }

  void unbind(SimDatagrams socket) {
    sockets.remove(socket.local().port(), socket);
  }

  private boolean isOurs(InetAddress local) {
    return local.isAnyLocalAddress() || local.equals(address);
  }

  private int ephemeral() {
    do {
      nextPort = nextPort == 65_535 ? FIRST_EPHEMERAL_PORT : nextPort + 1;
    } while (listeners.containsKey(nextPort) || sockets.containsKey(nextPort));
    return nextPort;
  }

  /** A connection on its way: ends once. */
  private static final class Attempt {
    private final Endpoint remote;
    private final ConnectHandler handler;
    private final SimLoop loop;
    private Timer timer = () -> {};
    private boolean ended;

    Attempt(Endpoint remote, ConnectHandler handler, SimLoop loop) {
      this.remote = remote;
      this.handler = handler;
      this.loop = loop;
    }

    void fail(Fault.Kind kind, String what) {
      loop.check();
      if (!ended) {
        ended = true;
        timer.cancel();
        handler.onFault(new Fault(kind, what + " " + remote));
      }
    }

    void succeed(SimPipe pipe) {
      if (ended) {
        pipe.close();
        return;
      }
      ended = true;
      timer.cancel();
      handler.onConnected(pipe);
    }
  }
}
