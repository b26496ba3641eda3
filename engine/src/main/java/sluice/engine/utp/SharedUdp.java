package sluice.engine.utp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;

/**
 * Datagram sockets that several protocols share, each of which knows its datagrams by their first
 * byte. A socket is open while anybody uses it. Loop only.
 */
public final class SharedUdp {
  private final Net net;
  private final Map<Endpoint, Socket> sockets = new LinkedHashMap<>();

  /** Which datagrams are of a protocol. */
  public interface Filter {
    /** Whether one that begins with {@code first} is. */
    boolean takes(byte first);
  }

  /** Sockets of {@code net}. */
  public SharedUdp(Net net) {
    this.net = net;
  }

  /** The network of a protocol: its streams are its own, its datagram sockets are shared. */
  public Net view(Filter filter) {
    return new Net() {
      @Override
      public void listen(Endpoint local, ListenHandler handler) {
        net.listen(local, handler);
      }

      @Override
      public void connect(Endpoint remote, long timeoutNanos, ConnectHandler handler) {
        net.connect(remote, timeoutNanos, handler);
      }

      @Override
      public void udp(Endpoint local, UdpHandler handler) {
        join(local, new User(filter, handler));
      }
    };
  }

  private void join(Endpoint local, User user) {
    Socket known = local.port() == 0 ? null : sockets.get(local);
    if (known != null) {
      known.add(user);
      return;
    }
    Socket made = new Socket(local);
    if (local.port() != 0) {
      sockets.put(local, made);
    }
    made.add(user);
    net.udp(local, made);
  }

  private record User(Filter filter, Net.UdpHandler handler) {}

  /** One socket and those who use it. */
  private final class Socket implements Net.UdpHandler {
    private final Endpoint wanted;
    private final List<User> users = new ArrayList<>();
    private Net.@Nullable Datagrams real;
    private @Nullable Endpoint bound;

    Socket(Endpoint wanted) {
      this.wanted = wanted;
    }

    void add(User user) {
      users.add(user);
      if (real != null && bound != null) {
        user.handler.onBound(bound, new Share(this, user, real));
      }
    }

    @Override
    public void onBound(Endpoint local, Net.Datagrams socket) {
      if (users.isEmpty()) {
        socket.close();
        return;
      }
      real = socket;
      bound = local;
      sockets.putIfAbsent(local, this);
      for (User user : List.copyOf(users)) {
        user.handler.onBound(local, new Share(this, user, socket));
      }
    }

    @Override
    public void onDatagram(Endpoint from, ByteBuffer payload) {
      if (payload.hasRemaining()) {
        byte first = payload.get(payload.position());
        for (int i = 0; i < users.size(); i++) {
          if (users.get(i).filter.takes(first)) {
            users.get(i).handler.onDatagram(from, payload);
            return;
          }
        }
      }
      if (real != null) {
        real.wasted();
      }
    }

    @Override
    public void onFault(@Nullable Endpoint to, Fault fault) {
      if (real == null) {
        sockets.remove(wanted, this);
      }
      List.copyOf(users).forEach(user -> user.handler.onFault(to, fault));
    }

    void leave(User user) {
      if (users.remove(user) && users.isEmpty()) {
        sockets.values().removeIf(s -> s == this);
        if (real != null) {
          real.close();
        }
      }
    }
  }

  /** The socket in the hands of one of its users. */
  private record Share(Socket socket, User user, Net.Datagrams real) implements Net.Datagrams {
    @Override
    public void send(Endpoint to, ByteBuffer payload) {
      real.send(to, payload);
    }

    @Override
    public void sendInPieces(Endpoint to, ByteBuffer payload) {
      real.sendInPieces(to, payload);
    }

    @Override
    public void wasted() {
      real.wasted();
    }

    @Override
    public void close() {
      socket.leave(user);
    }
  }
}
