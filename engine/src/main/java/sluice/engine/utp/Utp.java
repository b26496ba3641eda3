package sluice.engine.utp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import sluice.engine.port.Entropy;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.engine.port.Pipe;
import sluice.protocol.address.Endpoint;
import sluice.protocol.utp.UtpType;

/** The uTP of a session (BEP 29): a socket at each local address. Loop only. */
public final class Utp {
  private static final double MICROS = 1e6;
  private static final Fault UNREACHABLE =
      new Fault(Fault.Kind.UNREACHABLE, "no datagram socket for the address");

  private final Loop loop;
  private final Net net;
  private final Entropy entropy;
  private final List<UtpSocket> sockets = new ArrayList<>();

  /** uTP over the datagram sockets of {@code net}; without {@link #open} there is none. */
  public Utp(Loop loop, Net net, Entropy entropy) {
    this.loop = loop;
    this.net = net;
    this.entropy = entropy;
  }

  /**
   * Uses a socket at {@code local}.
   *
   * @param blocked whose packets are not looked at
   * @param accepted takes connections that come in, and gives them a handler within the call
   * @param bound is told once where the socket is, or that there is none
   */
  public void open(
      Endpoint local,
      Predicate<Endpoint> blocked,
      Consumer<Pipe> accepted,
      Consumer<Optional<Endpoint>> bound) {
    UtpSocket socket =
        new UtpSocket(
            loop,
            entropy,
            new UtpSocket.Acceptor() {
              @Override
              public boolean mayConnect(Endpoint remote) {
                return !blocked.test(remote);
              }

              @Override
              public void onAccept(Pipe pipe) {
                accepted.accept(pipe);
              }

              @Override
              public void onBound(Optional<Endpoint> at) {
                bound.accept(at);
              }
            });
    sockets.add(socket);
    net.udp(local, socket);
  }

  /** Whether {@code remote} can be dialled. */
  public boolean reaches(Endpoint remote) {
    return socket(remote).isPresent();
  }

  private Optional<UtpSocket> socket(Endpoint remote) {
    return sockets.stream().filter(s -> s.reaches(remote)).findFirst();
  }

  /** Opens a stream; exactly one method of {@code handler} is called, later. */
  public void connect(Endpoint remote, Net.ConnectHandler handler) {
    Optional<UtpSocket> socket = socket(remote);
    if (socket.isPresent()) {
      socket.get().dial(remote, handler);
    } else {
      loop.execute(() -> handler.onFault(UNREACHABLE));
    }
  }

  /** Packets of one direction by their type, since the sockets were opened. */
  public Map<UtpType, Long> packets(boolean outgoing) {
    Map<UtpType, Long> all = PacketCounts.none();
    sockets.forEach(s -> (outgoing ? s.sent() : s.received()).addTo(all));
    return all;
  }

  /** The mean of the delays that queues add to our packets, over all connections; 0 without any. */
  public double delaySeconds() {
    return sockets.stream()
            .flatMap(socket -> socket.pipes().stream())
            .mapToInt(pipe -> pipe.connection().queueMicros())
            .average()
            .orElse(0)
        / MICROS;
  }

  /** Number of connections. */
  public int connections() {
    return sockets.stream().mapToInt(UtpSocket::connections).sum();
  }

  /** Ends everything. */
  public void close() {
    sockets.forEach(UtpSocket::close);
    sockets.clear();
  }
}
