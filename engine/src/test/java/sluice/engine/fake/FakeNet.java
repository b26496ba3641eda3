package sluice.engine.fake;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;

/** Streams of which the test is the other side: it answers dials and comes in itself. */
public final class FakeNet implements Net {
  /** Dials in order; those before are not removed. */
  public final List<Dial> dials = new ArrayList<>();

  /** Addresses at which nobody can listen. */
  public final List<Endpoint> taken = new ArrayList<>();

  /** Where multicast goes. */
  public final FakeRoom room = new FakeRoom();

  private final Loop loop;
  private final List<ListenHandler> doors = new ArrayList<>();
  private int listening;

  public FakeNet(Loop loop) {
    this.loop = loop;
  }

  /** A connection that is asked for. */
  public record Dial(Loop loop, Endpoint remote, ConnectHandler handler) {
    /** It is open. */
    public FakePipe connect() {
      FakePipe pipe = new FakePipe(loop, remote);
      handler.onConnected(pipe);
      return pipe;
    }

    /** Nobody is there. */
    public void refuse() {
      handler.onFault(new Fault(Fault.Kind.REFUSED, "refused"));
    }
  }

  /** Comes in from {@code remote} at the listener that was opened {@code door}-th. */
  public FakePipe comeIn(int door, Endpoint remote) {
    FakePipe pipe = new FakePipe(loop, remote);
    doors.get(door).onAccept(pipe);
    return pipe;
  }

  /** The listener that was opened {@code door}-th dies. */
  public void die(int door) {
    doors.get(door).onFault(new Fault(Fault.Kind.IO, "the interface is gone"));
  }

  /** Calls of {@link #listen} that succeeded. */
  public int listened() {
    return doors.size();
  }

  /** Listeners that are open. */
  public int listening() {
    return listening;
  }

  @Override
  public void listen(Endpoint local, ListenHandler handler) {
    loop.execute(() -> {
      if (taken.contains(local)) {
        handler.onFault(new Fault(Fault.Kind.ADDRESS, "in use"));
        return;
      }
      doors.add(handler);
      listening++;
      int port = local.port() == 0 ? 40_000 + doors.size() : local.port();
      handler.onListening(new Endpoint(local.address(), port), () -> listening--);
    });
  }

  @Override
  public void connect(Endpoint remote, long timeoutNanos, ConnectHandler handler) {
    dials.add(new Dial(loop, remote, handler));
  }

  @Override
  public void udp(Endpoint local, UdpHandler handler) {
    loop.execute(() -> handler.onFault(null, new Fault(Fault.Kind.ADDRESS, "no datagrams")));
  }

  @Override
  public void multicast(Endpoint group, List<InetAddress> local, UdpHandler handler) {
    room.join(group, handler);
  }
}
