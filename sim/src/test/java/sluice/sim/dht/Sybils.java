package sluice.sim.dht;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.bencode.BString;
import sluice.protocol.krpc.DhtQuery;
import sluice.protocol.krpc.DhtReply;
import sluice.protocol.krpc.KrpcException;
import sluice.protocol.krpc.KrpcMessage;
import sluice.protocol.krpc.KrpcReader;
import sluice.protocol.krpc.KrpcWriter;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.NodeInfo;
import sluice.protocol.krpc.SecureIds;
import sluice.protocol.krpc.Want;
import sluice.sim.net.LinkProfile;
import sluice.sim.net.SimNet;
import sluice.sim.world.Chance;
import sluice.sim.world.SimLoop;

/**
 * An attacker's nodes in one /16: they tell only of each other, take every announce and keep none.
 * With forged ids, each says that it is next to whatever is looked for.
 */
final class Sybils {
  private static final int PORT = 6881;

  private final DhtNetwork net;
  private final boolean forged;
  private final Chance chance;
  private final List<Sybil> all = new ArrayList<>();

  /** Who was told of nodes next to which target: to these we are those nodes. */
  private final Set<String> told = new HashSet<>();

  private long queries;

  Sybils(DhtNetwork net, int count, boolean forged) {
    this.net = net;
    this.forged = forged;
    this.chance = net.world.chance("sybils");
    for (int i = 0; i < count; i++) {
      byte[] address = {66, 66, (byte) (i % 256), (byte) (1 + i / 256)};
      all.add(new Sybil(IpLiteral.ofBytes(address).orElseThrow()));
    }
  }

  /** Queries that they got. */
  long queries() {
    return queries;
  }

  /** Makes all honest nodes know of some. */
  void attack() {
    for (DhtHost victim : net.hosts) {
      for (int i = 0; i < 3; i++) {
        all.get(chance.nextInt(all.size())).greet(victim.endpoint);
      }
    }
  }

  private NodeId random() {
    return new NodeId(chance.nextLong(), chance.nextLong(), (int) chance.nextLong());
  }

  /** Those that are told as nearest to {@code target}. */
  private List<NodeInfo> near(NodeId target) {
    if (!forged) {
      return all.stream()
          .map(s -> new NodeInfo(s.id, s.endpoint))
          .sorted(Comparator.comparing(NodeInfo::id, target::compareDistance))
          .limit(8)
          .toList();
    }
    List<NodeInfo> told = new ArrayList<>(8);
    for (int i = 0; i < 8; i++) {
      Sybil sybil = all.get(chance.nextInt(all.size()));
      told.add(new NodeInfo(sybil.next(target), sybil.endpoint));
    }
    return told;
  }

  private final class Sybil implements Net.UdpHandler {
    final Endpoint endpoint;
    final NodeId id;
    final SimLoop loop;
    private Net.@Nullable Datagrams socket;

    Sybil(InetAddress address) {
      endpoint = new Endpoint(address, PORT);
      id = SecureIds.make(address, random());
      loop = net.world.loop("sybil" + address.getHostAddress());
      SimNet link = net.network.attach(loop, address, LinkProfile.fast());
      loop.execute(() -> link.udp(endpoint, this));
    }

    /** Its place next to {@code target}, the same each time. */
    NodeId next(NodeId target) {
      return target.flip(140 + Math.floorMod(endpoint.address().hashCode(), 19));
    }

    void greet(Endpoint victim) {
      loop.execute(() ->
          send(
              victim,
              new KrpcMessage.Query(
                  BString.of("zz"), id, false, new DhtQuery.FindNode(random(), Want.UNSAID))));
    }

    private void send(Endpoint to, KrpcMessage message) {
      if (socket != null) {
        socket.send(to, ByteBuffer.wrap(KrpcWriter.write(message)));
      }
    }

    @Override
    public void onBound(Endpoint local, Net.Datagrams bound) {
      socket = bound;
    }

    @Override
    public void onDatagram(Endpoint from, ByteBuffer payload) {
      byte[] bytes = new byte[payload.remaining()];
      payload.get(bytes);
      try {
        if (KrpcReader.read(bytes) instanceof KrpcMessage.Query query) {
          queries++;
          answer(from, query);
        }
      } catch (KrpcException e) {
        throw new IllegalStateException("honest nodes send what can be read", e);
      }
    }

    private void answer(Endpoint from, KrpcMessage.Query query) {
      Optional<NodeId> target =
          switch (query.query()) {
            case DhtQuery.GetPeers get -> Optional.of(NodeId.of(get.infoHash()));
            case DhtQuery.Get get -> Optional.of(get.target());
            case DhtQuery.FindNode find -> Optional.of(find.target());
            case DhtQuery.Ping _,
                DhtQuery.AnnouncePeer _,
                DhtQuery.Put _,
                DhtQuery.SampleInfohashes _,
                DhtQuery.Unknown _ ->
                Optional.empty();
          };
      boolean known = target.isPresent() && !told.add(from + " " + target.get());
      NodeId as = forged && known ? next(target.orElseThrow()) : id;
      DhtReply reply =
          target
              .map(t -> DhtReply.EMPTY.nodes(near(t)).token(BString.of("tttt")))
              .orElse(DhtReply.EMPTY);
      send(from, new KrpcMessage.Reply(query.transaction(), as, Optional.of(from), reply));
    }

    @Override
    public void onFault(@Nullable Endpoint to, Fault fault) {
      throw new IllegalStateException(fault.detail());
    }
  }
}
