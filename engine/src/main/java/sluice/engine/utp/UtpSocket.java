package sluice.engine.utp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Entropy;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.engine.port.Pipe;
import sluice.protocol.address.Endpoint;
import sluice.protocol.utp.UtpCodec;
import sluice.protocol.utp.UtpPacket;
import sluice.protocol.utp.UtpType;

/** The connections of uTP on one datagram socket. Loop only. */
final class UtpSocket implements Net.UdpHandler, UtpPipe.Owner {
  /** Most connections that asked to be accepted and have not proved their address. */
  static final int MAX_UNCONFIRMED = 200;

  /** Most connections. */
  static final int MAX_CONNECTIONS = 4_096;

  /** Most answers in a tick that there is no such connection. */
  private static final int RESETS_PER_TICK = 2;

  private static final long TICK_NANOS = 20_000_000L;

  private final Loop loop;
  private final Entropy entropy;
  private final Acceptor acceptor;
  private final Map<Key, UtpPipe> pipes = new LinkedHashMap<>();
  private final Map<UtpPipe, Net.ConnectHandler> dialled = new HashMap<>();
  private final Map<UtpPipe, Key> unconfirmed = new HashMap<>();
  private final PacketCounts sent = new PacketCounts();
  private final PacketCounts received = new PacketCounts();
  private final List<UtpPipe> touched = new ArrayList<>();
  private final Runnable turnEnd = this::turnEnd;
  private Net.@Nullable Datagrams socket;
  private @Nullable Endpoint local;
  private boolean turning;
  private boolean ticking;
  private boolean closed;
  private boolean failed;
  private int resets;

  private record Key(Endpoint remote, int receiveId) {}

  /** Takes connections. */
  interface Acceptor {
    /** Whether anybody at {@code remote} may connect at all. */
    boolean mayConnect(Endpoint remote);

    /** A connection came in. */
    void onAccept(Pipe pipe);

    /** Told once: where the socket is, or that there is none. */
    void onBound(Optional<Endpoint> at);
  }

  UtpSocket(Loop loop, Entropy entropy, Acceptor acceptor) {
    this.loop = loop;
    this.entropy = entropy;
    this.acceptor = acceptor;
  }

  /** Whether it can be used to reach {@code remote}. */
  boolean reaches(Endpoint remote) {
    return local != null
        && local.isIpv6() == remote.isIpv6()
        && (local.address().isAnyLocalAddress()
            || local.address().isLoopbackAddress() == remote.address().isLoopbackAddress());
  }

  /** Opens a connection; {@code handler} is told, later. */
  void dial(Endpoint remote, Net.ConnectHandler handler) {
    if (pipes.size() >= MAX_CONNECTIONS || closed) {
      Fault fault = new Fault(Fault.Kind.IO, "too many connections");
      loop.execute(() -> handler.onFault(fault));
      return;
    }
    int id = entropy.nextInt(1 << 16);
    while (pipes.containsKey(new Key(remote, id))) {
      id = UtpPacket.next(id);
    }
    UtpPipe pipe = new UtpPipe(loop, remote, this);
    pipes.put(new Key(remote, id), pipe);
    dialled.put(pipe, handler);
    int first = entropy.nextInt(1 << 16);
    pipe.connection(UtpConnection.dial(pipe, id, first, mostBytes(remote), loop.now()));
    watch();
  }

  /** Payload of an Ethernet frame less the headers of IP and UDP. */
  private static int mostBytes(Endpoint remote) {
    return remote.isIpv6() ? 1_452 : 1_472;
  }

  @Override
  public void onBound(Endpoint at, Net.Datagrams opened) {
    if (closed) {
      opened.close();
    } else {
      socket = opened;
      local = at;
      acceptor.onBound(Optional.of(at));
    }
  }

  @Override
  public void onDatagram(Endpoint from, ByteBuffer payload) {
    Optional<UtpPacket> read = UtpCodec.decode(payload);
    if (read.isEmpty() || closed) {
      wasted();
      return;
    }
    UtpPacket packet = read.get();
    received.add(packet.type());
    UtpPipe pipe = pipe(from, packet);
    if (pipe == null) {
      stranger(from, packet);
      return;
    }
    pipe.connection().onPacket(packet, loop.now());
    touch(pipe);
  }

  private @Nullable UtpPipe pipe(Endpoint from, UtpPacket packet) {
    boolean syn = packet.type() == UtpType.SYN;
    UtpPipe pipe = pipes.get(new Key(from, (packet.connectionId() + (syn ? 1 : 0)) & 0xffff));
    if (pipe == null && packet.type() == UtpType.RESET) {
      // Some clients name in it the id under which they would receive.
      pipe = pipes.get(new Key(from, (packet.connectionId() - 1) & 0xffff));
      pipe = pipe == null ? pipes.get(new Key(from, UtpPacket.next(packet.connectionId()))) : pipe;
    }
    return pipe;
  }

  private void touch(UtpPipe pipe) {
    if (touched.isEmpty() || touched.getLast() != pipe) {
      touched.add(pipe);
    }
    if (!turning) {
      turning = true;
      loop.execute(turnEnd);
    }
  }

  /** All datagrams that were at hand have been read. */
  private void turnEnd() {
    turning = false;
    long now = loop.now();
    List<UtpPipe> all = List.copyOf(touched);
    touched.clear();
    all.forEach(pipe -> pipe.turnEnd(now));
  }

  /** A packet of no connection: asks for one, or is told that there is none. */
  private void stranger(Endpoint from, UtpPacket packet) {
    switch (packet.type()) {
      case SYN -> {
        boolean room =
            unconfirmed.size() < MAX_UNCONFIRMED
                && pipes.size() < MAX_CONNECTIONS
                && acceptor.mayConnect(from);
        if (room) {
          accept(from, packet);
        } else {
          wasted();
        }
      }
      case DATA, FIN -> {
        wasted();
        reset(from, packet);
      }
      case STATE, RESET -> wasted();
    }
  }

  private void wasted() {
    if (socket != null) {
      socket.wasted();
    }
  }

  private void accept(Endpoint from, UtpPacket syn) {
    UtpPipe pipe = new UtpPipe(loop, from, this);
    Key key = new Key(from, UtpPacket.next(syn.connectionId()));
    pipes.put(key, pipe);
    unconfirmed.put(pipe, key);
    int first = entropy.nextInt(1 << 16);
    pipe.connection(UtpConnection.accept(pipe, syn, first, mostBytes(from), loop.now()));
    watch();
  }

  private void reset(Endpoint to, UtpPacket packet) {
    watch();
    if (resets >= RESETS_PER_TICK || socket == null) {
      return;
    }
    resets++;
    UtpPacket answer =
        new UtpPacket(
            UtpType.RESET,
            packet.connectionId(),
            (int) (loop.now() / 1_000),
            0,
            0,
            0,
            packet.sequence(),
            UtpPacket.NONE,
            UtpPacket.NONE);
    ByteBuffer out = ByteBuffer.allocate(UtpCodec.HEADER_BYTES);
    UtpCodec.encode(answer, out);
    send(to, out.flip(), false);
  }

  private void watch() {
    if (!ticking && !closed) {
      ticking = true;
      var _ = loop.after(TICK_NANOS, this::tick);
    }
  }

  private void tick() {
    ticking = false;
    resets = 0;
    long now = loop.now();
    for (Map.Entry<Key, UtpPipe> entry : List.copyOf(pipes.entrySet())) {
      UtpPipe pipe = entry.getValue();
      if (now >= pipe.connection().deadlineNanos()) {
        pipe.connection().onTime(now);
        pipe.turnEnd(now);
      }
      if (pipe.connection().isClosed()) {
        pipes.remove(entry.getKey());
        unconfirmed.remove(pipe);
        dialled.remove(pipe);
      }
    }
    if (!pipes.isEmpty()) {
      watch();
    }
  }

  @Override
  public void onFault(@Nullable Endpoint to, Fault fault) {
    // A failed send: the packet counts as lost.
    if (to == null && local == null && !closed && !failed) {
      failed = true;
      acceptor.onBound(Optional.empty());
    }
  }

  @Override
  public void send(Endpoint to, ByteBuffer datagram, boolean fragments) {
    if (socket == null) {
      return;
    }
    sent.add(datagram);
    if (fragments) {
      socket.sendInPieces(to, datagram);
    } else {
      socket.send(to, datagram);
    }
  }

  @Override
  public void onConnected(UtpPipe pipe) {
    Net.ConnectHandler handler = dialled.remove(pipe);
    if (handler != null) {
      loop.execute(() -> handler.onConnected(pipe));
    } else if (unconfirmed.remove(pipe) != null) {
      loop.execute(() -> acceptor.onAccept(pipe));
    }
  }

  @Override
  public void onFailed(UtpPipe pipe, Fault fault) {
    Net.ConnectHandler handler = dialled.remove(pipe);
    if (handler != null) {
      loop.execute(() -> handler.onFault(fault));
    }
  }

  /** Packets that were sent. */
  PacketCounts sent() {
    return sent;
  }

  /** Packets that came, those of no connection included. */
  PacketCounts received() {
    return received;
  }

  /** The connections. */
  Collection<UtpPipe> pipes() {
    return pipes.values();
  }

  /** Number of connections, those that are ending included. */
  int connections() {
    return pipes.size();
  }

  /** Ends all connections, says so once, and closes the socket. */
  void close() {
    closed = true;
    long now = loop.now();
    for (UtpPipe pipe : List.copyOf(pipes.values())) {
      pipe.close();
      pipe.connection().turnEnd(now);
    }
    pipes.clear();
    if (socket != null) {
      socket.close();
    }
  }
}
