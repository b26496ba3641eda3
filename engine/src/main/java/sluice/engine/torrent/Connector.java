package sluice.engine.torrent;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.engine.crypt.Approaches;
import sluice.engine.peer.Greeting;
import sluice.engine.pex.Meetings;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.engine.port.Pipe;
import sluice.engine.port.Resolver;
import sluice.engine.swarm.ConnectionBudget;
import sluice.engine.swarm.ConnectionBudget.Permit;
import sluice.engine.swarm.KnownPeers;
import sluice.engine.swarm.Source;
import sluice.engine.torrent.Ways.Way;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.wire.Handshake;

/** Dials known peers and exchanges handshakes with them. Loop only. */
final class Connector {
  private static final long HANDSHAKE_NANOS = 10_000_000_000L;
  private static final int DIALS_PER_TURN = 20;

  private final Services services;
  private final InfoHashes hashes;

  /** Whether we say that we are a node of the DHT. */
  private final boolean dht;

  private final ConnectionBudget budget;
  private final KnownPeers known;
  private final Side side;
  private final Turnover turnover;
  private final Receiver receiver;
  private final List<Waiting> waiting = new ArrayList<>();

  /** Whom we dial because they dial us. */
  private final Set<Endpoint> met = new HashSet<>();

  private boolean stopped;

  /** The swarm that peers are wanted for. */
  interface Side {
    /** Who is connected. */
    PeerTable peers();

    /** Meetings with peers that cannot be dialled. */
    Meetings meetings();

    /** Whether nothing more is wanted. */
    boolean uploadOnly();
  }

  /** Takes peers whose handshake was good. */
  interface Receiver {
    /** A dialled peer answered. */
    void onDialled(Pipe pipe, Handshake theirs, ByteBuffer rest, Permit permit, Endpoint listening);
  }

  /** A handshake that has not been answered. */
  private record Waiting(Greeting greeting, InetAddress address, long deadlineNanos) {}

  Connector(
      Services services,
      InfoHashes hashes,
      boolean dht,
      ConnectionBudget budget,
      KnownPeers known,
      Side side,
      Receiver receiver) {
    this.services = services;
    this.hashes = hashes;
    this.dht = dht;
    this.budget = budget;
    this.known = known;
    this.side = side;
    this.turnover = new Turnover(budget, known, services.loop().now());
    this.receiver = receiver;
    side.meetings().dialler(this::meet);
  }

  /** Our handshake for {@code infoHash}. */
  Handshake ours(Hash infoHash) {
    boolean hybrid = hashes.v1().isPresent() && hashes.v2().isPresent();
    return new Handshake(true, true, dht, hybrid, infoHash, services.peerId());
  }

  /**
   * Our answer to {@code theirs}: in a hybrid torrent it accepts the offer to upgrade a v1
   * connection by naming the v2 hash (BEP 52).
   */
  Handshake answer(Handshake theirs) {
    boolean hybrid = hashes.v1().isPresent() && hashes.v2().isPresent();
    return ours(hybrid && theirs.v2() ? hashes.v2().orElseThrow().truncated() : theirs.infoHash());
  }

  /** Offers peers named by the user, resolving their names. */
  void offer(List<HostPort> peers) {
    for (HostPort peer : peers) {
      services
          .resolver()
          .resolve(
              peer.host(),
              new Resolver.Handler() {
                @Override
                public void onResolved(List<InetAddress> addresses) {
                  addresses.forEach(a -> known.offer(new Endpoint(a, peer.port()), Source.USER));
                  dial();
                }

                @Override
                public void onFault(Fault fault) {
                  // A name that does not resolve is a peer that is not there.
                }
              });
    }
  }

  /** Dials as many peers as the budgets allow. */
  void dial() {
    for (int i = 0; i < DIALS_PER_TURN && !stopped; i++) {
      long now = services.loop().now();
      if (!budget.canDial() || !known.hasNext(now, side.uploadOnly())) {
        return;
      }
      Optional<Permit> permit = budget.dial();
      Optional<Endpoint> endpoint = known.next(now, side.uploadOnly());
      if (permit.isEmpty() || endpoint.isEmpty()) {
        permit.ifPresent(Permit::close);
        return;
      }
      if (permit.get().at(endpoint.get().address())) {
        new Dial(endpoint.get(), permit.get(), false).connect();
      } else {
        permit.get().close();
        known.failed(endpoint.get(), now);
      }
    }
  }

  /** Dials a peer that dials us at the same time, if there is room for it (BEP 55). */
  private void meet(Endpoint peer) {
    boolean wanted =
        !stopped
            && services.ways().meets(peer)
            && !side.peers().listening().contains(peer)
            && known.offer(peer, Source.PEX);
    Optional<Permit> permit =
        wanted && budget.canDial() && met.add(peer) ? budget.dial() : Optional.empty();
    if (permit.isPresent()) {
      Dial dial = new Dial(peer, permit.get(), true);
      if (permit.get().at(peer.address())) {
        dial.connect();
      } else {
        dial.fail();
      }
    }
  }

  /** Once a second: gives up on peers that do not greet, makes room, and says who we are. */
  void tick(long now) {
    int port = services.port().getAsInt();
    services.self().ipv4().ifPresent(ours -> known.ourEndpoint(new Endpoint(ours, port)));
    services.self().ipv6().ifPresent(ours -> known.ourEndpoint(new Endpoint(ours, port)));
    turnover.tick(now, side.peers().all(), side.uploadOnly());
    waiting.removeIf(w -> w.greeting().isOver());
    for (Waiting w : List.copyOf(waiting)) {
      if (now - w.deadlineNanos() >= 0) {
        w.greeting().expire();
      }
    }
  }

  /** The gate has changed: gives up on who is blocked. */
  void refilter() {
    for (Waiting w : List.copyOf(waiting)) {
      if (services.gate().blocks(w.address())) {
        w.greeting().expire();
      }
    }
  }

  /** Gives up on all peers that have not greeted, and dials no more. */
  void stop() {
    stopped = true;
    side.meetings().stop();
    List.copyOf(waiting).forEach(w -> w.greeting().expire());
    waiting.clear();
  }

  /**
   * One attempt: by the approach that is remembered of the peer, else by those that the policy
   * allows, one after the other. Who cannot be dialled is asked to meet us.
   */
  private final class Dial implements Net.ConnectHandler, Greeting.Outcome {
    private final Endpoint endpoint;
    private final Permit permit;
    private final Approaches approaches;
    private final boolean meeting;
    private final Iterator<Way> ways;
    private Way way = Way.TCP;
    private Endpoint where;
    private boolean asked;

    Dial(Endpoint endpoint, Permit permit, boolean meeting) {
      this.endpoint = endpoint;
      this.where = endpoint;
      this.permit = permit;
      this.meeting = meeting;
      this.asked = meeting;
      this.approaches = new Approaches(services.encryption().policy(), known.approach(endpoint));
      this.ways =
          meeting
              ? List.of(Way.UTP).iterator()
              : services.ways().order(endpoint, known.speaksUtp(endpoint)).iterator();
    }

    void connect() {
      if (ways.hasNext()) {
        way = ways.next();
        services.ways().connect(way, hashes.wire().getFirst(), where, this);
      } else {
        services.loop().execute(this::fail);
      }
    }

    @Override
    public void onConnected(Pipe pipe) {
      permit.opened();
      if (stopped || services.gate().blocks(endpoint.address())) {
        pipe.close();
        failed();
        return;
      }
      Handshake ours = ours(hashes.wire().getFirst());
      Greeting greeting =
          Greeting.send(pipe, ours, approaches.current(), services.encryption(), this);
      waiting.add(
          new Waiting(greeting, endpoint.address(), services.loop().now() + HANDSHAKE_NANOS));
    }

    @Override
    public void onFault(Fault fault) {
      if (way == Way.UTP) {
        known.speaksUtp(endpoint, false);
      }
      if (ways.hasNext() && !stopped) {
        connect();
      } else if (!asks()) {
        fail();
      }
    }

    /** Asks for a meeting, once. */
    private boolean asks() {
      if (asked || stopped || !services.ways().meets(endpoint)) {
        return false;
      }
      asked = true;
      return side.meetings().ask(endpoint, services.loop().now(), this::meet);
    }

    private void meet(Optional<Endpoint> waits) {
      if (waits.isEmpty() || stopped) {
        fail();
      } else {
        way = Way.UTP;
        where = waits.get();
        services.ways().connect(way, hashes.wire().getFirst(), where, this);
      }
    }

    @Override
    public void onHandshake(Pipe pipe, Handshake theirs, ByteBuffer rest) {
      boolean ours = hashes.wire().contains(theirs.infoHash());
      boolean self = theirs.peerId().equals(services.peerId());
      budget.counts().greeted(way == Way.UTP, ours && !self);
      if (!ours) {
        pipe.close();
        fail();
      } else if (self) {
        pipe.close();
        known.own(endpoint);
        met.remove(endpoint);
        permit.close();
      } else {
        known.approach(endpoint, approaches.current());
        known.speaksUtp(endpoint, way == Way.UTP || known.speaksUtp(endpoint));
        met.remove(endpoint);
        receiver.onDialled(pipe, theirs, rest, permit, endpoint);
      }
    }

    @Override
    public void onFailed(String reason) {
      budget.counts().greeted(way == Way.UTP, false);
      failed();
    }

    private void failed() {
      boolean mayDial = !stopped && !services.gate().blocks(endpoint.address());
      if (mayDial && approaches.next()) {
        permit.dialledAgain();
        services.ways().connect(way, hashes.wire().getFirst(), where, this);
        return;
      }
      known.approach(endpoint, approaches.current());
      fail();
    }

    private void fail() {
      permit.close();
      if (meeting) {
        met.remove(endpoint);
        return;
      }
      known.failed(endpoint, services.loop().now());
    }
  }
}
