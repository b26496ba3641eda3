package sluice.engine.session;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import sluice.engine.crypt.Encryption;
import sluice.engine.peer.Greeting;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.engine.port.Pipe;
import sluice.engine.swarm.ConnectionBudget;
import sluice.engine.swarm.ConnectionBudget.Permit;
import sluice.engine.swarm.Gate;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.Handshake;

/**
 * Listens, and brings peers that connect to the torrent that their handshake names. Loop only.
 *
 * <p>At most {@link #MAX_GREETINGS} connections wait for a handshake, and at most {@link
 * #MAX_GREETINGS_PER_ADDRESS} from one address; more are closed at once.
 */
final class Door {
  private static final int MAX_GREETINGS = 200;
  private static final int MAX_GREETINGS_PER_ADDRESS = 32;
  private static final long HANDSHAKE_NANOS = 10_000_000_000L;

  private final Loop loop;
  private final Net net;
  private final ConnectionBudget connections;
  private final Encryption encryption;
  private final Gate gate;
  private final Function<Hash, Optional<Host>> torrents;
  private final Consumer<EngineEvent> events;
  private final List<Net.Handle> listeners = new ArrayList<>();
  private final List<Guest> guests = new ArrayList<>();
  private int port;
  private boolean closed;

  /** Takes the peers of one torrent. */
  interface Host {
    /** A peer named the torrent; the permit passes here. */
    void accept(Pipe pipe, Handshake theirs, ByteBuffer rest, Permit permit);
  }

  Door(
      Loop loop,
      Net net,
      ConnectionBudget connections,
      Encryption encryption,
      Gate gate,
      Function<Hash, Optional<Host>> torrents,
      Consumer<EngineEvent> events) {
    this.loop = loop;
    this.net = net;
    this.connections = connections;
    this.encryption = encryption;
    this.gate = gate;
    this.torrents = torrents;
    this.events = events;
  }

  /** The port that is announced; 0 while nothing listens. */
  int port() {
    return port;
  }

  /** Listens at each of {@code addresses}; {@code done} runs once each has succeeded or failed. */
  void open(List<Endpoint> addresses, Runnable done) {
    open(addresses, 0, done);
  }

  /** One after the other, so that a port chosen by the system is used for the other family, too. */
  private void open(List<Endpoint> addresses, int index, Runnable done) {
    if (index == addresses.size() || closed) {
      done.run();
      return;
    }
    Endpoint wanted = addresses.get(index);
    Endpoint local =
        wanted.port() == 0 && port != 0 ? new Endpoint(wanted.address(), port) : wanted;
    net.listen(
        local,
        new Net.ListenHandler() {
          private boolean decided;

          @Override
          public void onListening(Endpoint bound, Net.Handle listener) {
            if (closed) {
              listener.close();
            } else {
              listeners.add(listener);
              port = port == 0 ? bound.port() : port;
              events.accept(new EngineEvent.Listening(bound));
            }
            decide();
          }

          @Override
          public void onAccept(Pipe pipe) {
            welcome(pipe);
          }

          @Override
          public void onFault(Fault fault) {
            events.accept(new EngineEvent.NotListening(local, fault));
            decide();
          }

          // Goes on to the next address, once: a listener may also die later.
          private void decide() {
            if (!decided) {
              decided = true;
              open(addresses, index + 1, done);
            }
          }
        });
  }

  /** Peers are let in at {@code bound}, too, by somebody else. */
  void listensAt(Endpoint bound) {
    if (port == 0) {
      port = bound.port();
      events.accept(new EngineEvent.Listening(bound));
    }
  }

  /** A connection came in. */
  void welcome(Pipe pipe) {
    Optional<Permit> permit = mayEnter(pipe) ? connections.accept() : Optional.empty();
    if (permit.isEmpty() || !permit.get().at(pipe.remote().address())) {
      permit.ifPresent(Permit::close);
      pipe.close();
      return;
    }
    guests.add(new Guest(pipe, permit.get()));
  }

  private boolean mayEnter(Pipe pipe) {
    if (gate.blocks(pipe.remote().address())) {
      return false;
    }
    guests.removeIf(g -> g.greeting.isOver());
    long same = guests.stream().filter(g -> g.address().equals(pipe.remote().address())).count();
    return !closed && guests.size() < MAX_GREETINGS && same < MAX_GREETINGS_PER_ADDRESS;
  }

  /** Once a second: sends away who has not greeted in time. */
  void tick(long now) {
    guests.removeIf(g -> g.greeting.isOver());
    for (Guest guest : List.copyOf(guests)) {
      if (now - guest.deadlineNanos >= 0) {
        guest.greeting.expire();
      }
    }
  }

  /** The gate has changed: sends away who is blocked and has not greeted. */
  void refilter() {
    for (Guest guest : List.copyOf(guests)) {
      if (gate.blocks(guest.address())) {
        guest.greeting.expire();
      }
    }
  }

  /** Stops listening and sends away who has not greeted. */
  void close() {
    closed = true;
    listeners.forEach(Net.Handle::close);
    List.copyOf(guests).forEach(g -> g.greeting.expire());
    guests.clear();
  }

  /** A connection that came in and has not named a torrent yet. */
  private final class Guest implements Greeting.Outcome {
    private final Pipe pipe;
    private final Permit permit;
    private final long deadlineNanos = loop.now() + HANDSHAKE_NANOS;
    private final Greeting greeting;

    Guest(Pipe pipe, Permit permit) {
      this.pipe = pipe;
      this.permit = permit;
      this.greeting = Greeting.await(pipe, encryption, this);
    }

    private java.net.InetAddress address() {
      return pipe.remote().address();
    }

    @Override
    public void onHandshake(Pipe from, Handshake theirs, ByteBuffer rest) {
      Optional<Host> torrent = torrents.apply(theirs.infoHash());
      connections.counts().greeted(from.byDatagrams(), torrent.isPresent());
      if (torrent.isPresent()) {
        torrent.get().accept(from, theirs, rest, permit);
      } else {
        from.close();
        permit.close();
      }
    }

    @Override
    public void onFailed(String reason) {
      connections.counts().greeted(pipe.byDatagrams(), false);
      permit.close();
    }
  }
}
