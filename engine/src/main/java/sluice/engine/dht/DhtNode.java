package sluice.engine.dht;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.engine.count.Tally;
import sluice.engine.port.Entropy;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.engine.swarm.ExternalAddress;
import sluice.protocol.address.Endpoint;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.DhtQuery;
import sluice.protocol.krpc.KrpcError;
import sluice.protocol.krpc.KrpcException;
import sluice.protocol.krpc.KrpcMessage;
import sluice.protocol.krpc.KrpcReader;
import sluice.protocol.krpc.KrpcWriter;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.NodeInfo;
import sluice.protocol.krpc.SecureIds;

/**
 * A node of the DHT at one local address: its socket, its id, its table (BEP 45). Reads what comes
 * and sends what is asked and answered. Loop only.
 */
final class DhtNode implements Net.UdpHandler {
  private final Loop loop;
  private final Entropy entropy;
  private final ExternalAddress self;
  private final boolean readOnly;
  private final boolean ipv6;
  private final Owner owner;
  private final Calls calls;
  private final Guard guard;
  private final Answers answers;
  private final Lookups lookups = new Lookups(this);
  private final Traffic traffic = new Traffic();
  private Endpoint local;
  private RoutingTable table;
  private Net.@Nullable Datagrams socket;
  private boolean bound;
  private boolean closed;

  /** All nodes of the session together. */
  interface Owner {
    /** Nodes near {@code target} that another node of ours knows. */
    List<NodeInfo> near(NodeId target, int most, boolean ipv6);

    /** Nodes that somebody told of, of any family. */
    void told(List<NodeInfo> nodes);

    /** A peer of a torrent was announced to us. */
    void announced(Hash torrent, Endpoint peer);

    /** What became of queries. */
    Tally<QueryCount> queries();

    /** Whether datagrams may be exchanged with {@code endpoint}. */
    boolean mayAsk(Endpoint endpoint);

    /** The node {@code node} can send. */
    void onBound(DhtNode node);

    /** The node {@code node} has no socket. */
    void onFault(DhtNode node, Fault fault);
  }

  DhtNode(
      Loop loop,
      Entropy entropy,
      ExternalAddress self,
      boolean readOnly,
      Endpoint local,
      PeerStore peers,
      ItemStore items,
      Owner owner) {
    this.loop = loop;
    this.entropy = entropy;
    this.self = self;
    this.readOnly = readOnly;
    this.local = local;
    this.ipv6 = local.isIpv6();
    this.owner = owner;
    this.calls = new Calls(loop, entropy, owner.queries());
    this.guard = new Guard(loop.now());
    this.table = new RoutingTable(newId());
    this.answers = new Answers(this, peers, items, new Tokens(entropy, loop.now()));
  }

  NodeId id() {
    return table.own();
  }

  boolean isIpv6() {
    return ipv6;
  }

  boolean isReadOnly() {
    return readOnly;
  }

  Endpoint local() {
    return local;
  }

  boolean wasBound() {
    return bound;
  }

  boolean isBound() {
    return socket != null;
  }

  RoutingTable table() {
    return table;
  }

  Guard guard() {
    return guard;
  }

  Lookups lookups() {
    return lookups;
  }

  Traffic traffic() {
    return traffic;
  }

  void later(Runnable task) {
    loop.execute(() -> {
      if (!closed) {
        task.run();
      }
    });
  }

  /** A random point. */
  NodeId chance() {
    return new NodeId(entropy.nextLong(), entropy.nextLong(), (int) entropy.nextLong());
  }

  /** Takes an id of the address that others see (BEP 42), unless it has one. */
  void renewId() {
    Optional<InetAddress> seen = ipv6 ? self.ipv6() : self.ipv4();
    if (seen.isPresent() && !SecureIds.isRight(id(), seen.get())) {
      RoutingTable before = table;
      table = new RoutingTable(newId());
      before.each(contact -> table.answered(contact.info(), loop.now()));
    }
  }

  private NodeId newId() {
    Optional<InetAddress> seen = ipv6 ? self.ipv6() : self.ipv4();
    return seen.map(address -> SecureIds.make(address, chance())).orElseGet(this::chance);
  }

  List<NodeInfo> near(NodeId target, int most, boolean wantIpv6) {
    return wantIpv6 == ipv6 ? table.closest(target, most) : owner.near(target, most, wantIpv6);
  }

  void told(List<NodeInfo> nodes) {
    if (nodes.stream().anyMatch(n -> n.endpoint().isIpv6() != ipv6)) {
      owner.told(nodes.stream().filter(n -> n.endpoint().isIpv6() != ipv6).toList());
    }
  }

  void announced(Hash torrent, Endpoint peer) {
    owner.announced(torrent, peer);
  }

  boolean mayAsk(Endpoint endpoint) {
    return !endpoint.equals(local) && owner.mayAsk(endpoint);
  }

  /** Asks a node that may be in the table; an answer under another id is none. */
  void ask(NodeInfo to, DhtQuery query, Calls.Handler handler) {
    table.asked(to.id(), loop.now());
    ask(
        to.endpoint(),
        query,
        new Calls.Handler() {
          @Override
          public void onReply(KrpcMessage.Reply reply) {
            if (reply.id().equals(to.id())) {
              handler.onReply(reply);
            } else {
              table.failed(to);
              handler.onSilence();
            }
          }

          @Override
          public void onRefused(KrpcMessage.Failure failure) {
            handler.onRefused(failure);
          }

          @Override
          public void onSlow() {
            handler.onSlow();
          }

          @Override
          public void onSilence() {
            table.failed(to);
            handler.onSilence();
          }
        });
  }

  /** Asks whoever is at {@code to}. */
  void ask(Endpoint to, DhtQuery query, Calls.Handler handler) {
    if (socket == null || calls.isFull() || to.isIpv6() != ipv6) {
      later(handler::onSilence);
      return;
    }
    BString transaction = calls.open(to, query, handler);
    send(to, KrpcWriter.write(new KrpcMessage.Query(transaction, id(), readOnly, query)));
  }

  private void send(Endpoint to, byte[] bytes) {
    if (socket != null) {
      traffic.sent(bytes.length);
      socket.send(to, ByteBuffer.wrap(bytes));
    }
  }

  @Override
  public void onBound(Endpoint at, Net.Datagrams opened) {
    if (closed) {
      opened.close();
      return;
    }
    local = at;
    socket = opened;
    this.bound = true;
    owner.onBound(this);
  }

  @Override
  public void onDatagram(Endpoint from, ByteBuffer payload) {
    int size = payload.remaining();
    traffic.received(size);
    boolean possible =
        size > 0
            && size <= KrpcReader.MAX_BYTES
            && payload.get(payload.position()) == 'd'
            && from.port() != 0;
    if (closed || !possible || !guard.takes(from, size, calls.awaits(from), loop.now())) {
      dropped();
      return;
    }
    byte[] bytes = new byte[size];
    payload.get(bytes);
    try {
      take(from, KrpcReader.read(bytes));
    } catch (KrpcException e) {
      dropped();
      BString transaction = e.query().orElse(null);
      if (transaction != null && !readOnly) {
        String message = String.valueOf(e.getMessage());
        answer(from, new KrpcMessage.Failure(transaction, e.code(), message));
      }
    }
  }

  private void take(Endpoint from, KrpcMessage message) {
    if (message instanceof KrpcMessage.Query query) {
      if (!readOnly) {
        answer(from, query);
      }
      return;
    }
    if (message instanceof KrpcMessage.Reply reply && calls.isAwaited(from, reply)) {
      long now = loop.now();
      guard.prove(from, now);
      reply.seen().ifPresent(seen -> self.peer(from.address(), seen.address()));
      if (owner.mayAsk(from)) {
        table.answered(new NodeInfo(reply.id(), from), now);
      }
    }
    if (!calls.take(from, message)) {
      dropped();
    }
  }

  private void dropped() {
    traffic.dropped();
    if (socket != null) {
      socket.wasted();
    }
  }

  private void answer(Endpoint from, KrpcMessage.Query query) {
    long now = loop.now();
    if (guard.allowance(from, now) <= 0) {
      counted(query, QueryCount.Result.SILENT);
    } else {
      KrpcMessage answer = answers.answer(query, from, now);
      boolean refused = answer instanceof KrpcMessage.Failure;
      counted(query, refused ? QueryCount.Result.REFUSED : QueryCount.Result.ANSWERED);
      answer(from, answer);
      if (answer instanceof KrpcMessage.Failure failure && failure.code() == KrpcError.PROTOCOL) {
        return;
      }
      boolean stranger = !query.readOnly() && table.wants(query.id());
      if (stranger && owner.mayAsk(from)) {
        verify(new NodeInfo(query.id(), from));
      }
    }
  }

  private void counted(KrpcMessage.Query query, QueryCount.Result result) {
    owner.queries().add(QueryCount.of(query.query(), true, result), 1);
  }

  private void answer(Endpoint to, KrpcMessage message) {
    Fitting.write(message, guard.allowance(to, loop.now()))
        .ifPresent(bytes -> {
          guard.sent(to, bytes.length);
          send(to, bytes);
        });
  }

  /** Asks a node that is not in the table whether it is where it seems to be. */
  void verify(NodeInfo stranger) {
    if (guard.mayVerify(loop.now())) {
      ask(stranger, new DhtQuery.Ping(), Quiet.INSTANCE);
    }
  }

  @Override
  public void onFault(@Nullable Endpoint to, Fault fault) {
    if (to == null && !closed) {
      close();
      owner.onFault(this, fault);
    }
  }

  void close() {
    closed = true;
    lookups.close();
    calls.close();
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }

  /** Whoever does not care for the answer. */
  enum Quiet implements Calls.Handler {
    INSTANCE;

    @Override
    public void onReply(KrpcMessage.Reply reply) {}

    @Override
    public void onRefused(KrpcMessage.Failure failure) {}

    @Override
    public void onSilence() {}
  }
}
