package sluice.sim.net;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import sluice.engine.port.Fault;
import sluice.engine.port.Net.Datagrams;
import sluice.engine.port.Net.UdpHandler;
import sluice.protocol.address.Endpoint;

/** A bound datagram socket: what is sent may be lost, late, out of order. */
final class SimDatagrams implements Datagrams {
  private static final int MAX_BYTES = 65_507;

  /** So long a filter remembers where its host has sent to. */
  private static final long KEPT_NANOS = 60_000_000_000L;

  private final SimNet net;
  private final Endpoint local;
  private final UdpHandler handler;

  /** When something was sent, and where to. */
  private final Map<Endpoint, Long> sentTo = new HashMap<>();

  private boolean closed;

  SimDatagrams(SimNet net, Endpoint local, UdpHandler handler) {
    this.net = net;
    this.local = local;
    this.handler = handler;
  }

  Endpoint local() {
    return local;
  }

  @Override
  public void send(Endpoint to, ByteBuffer payload) {
    net.loop().check();
    if (closed) {
      return;
    }
    byte[] copy = new byte[payload.remaining()];
    payload.get(copy);
    if (copy.length > MAX_BYTES || to.isIpv6() != local.isIpv6()) {
      Fault fault = new Fault(Fault.Kind.UNREACHABLE, "cannot send to " + to);
      net.loop().post(0, "unsendable", () -> handler.onFault(to, fault));
      return;
    }
    sentTo.put(to, net.network().world().now());
    long sent = net.uplink().reserve(copy.length);
    net.network()
        .host(to.address())
        .filter(target -> !net.network().loses(net, target))
        .ifPresent(target ->
            target
                .loop()
                .post(
                    sent + net.network().latency(net, target),
                    "datagram",
                    () -> arrive(target, to.port(), copy)));
  }

  private void arrive(SimNet target, int port, byte[] payload) {
    SimDatagrams socket = target.socket(port - target.profile().portShift());
    Endpoint from = new Endpoint(local.address(), local.port() + net.profile().portShift());
    boolean passes = net.network().passes(local.address(), target.address());
    if (socket != null && passes && socket.lets(from)) {
      socket.handler.onDatagram(from, ByteBuffer.wrap(payload).asReadOnlyBuffer());
    }
  }

  private boolean lets(Endpoint from) {
    Long sent = sentTo.get(from);
    boolean answer = sent != null && net.network().world().now() - sent <= KEPT_NANOS;
    return net.profile().reachable() || answer;
  }

  @Override
  public void close() {
    net.loop().check();
    closed = true;
    net.unbind(this);
  }
}
