package sluice.engine.lsd;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Entropy;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.digest.Hash;
import sluice.protocol.lsd.LsdCodec;
import sluice.protocol.lsd.LsdMessage;

/**
 * Tells the groups of both families of each torrent every five minutes, in turn, one datagram a
 * minute for each family, and takes no more than {@link #MAX_HEARD_PER_TICK} messages a second.
 * Loop only.
 */
public final class Lsd {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final int PORT = 6_771;

  /** The groups of IPv4 and IPv6. */
  static final List<Endpoint> GROUPS = List.of(group("239.192.152.143"), group("ff15::efc0:988f"));

  /** Between two announces of a torrent. */
  static final long AGAIN_NANOS = 300 * SECOND_NANOS;

  /** Between two messages. */
  static final long MESSAGE_NANOS = 60 * SECOND_NANOS;

  /** Most messages that are looked at in a second. */
  static final int MAX_HEARD_PER_TICK = 20;

  private final Net net;
  private final String cookie;
  private final Listener listener;
  private final List<Group> groups = new ArrayList<>();

  /** When each torrent was told last. */
  private final Map<Hash, Long> told = new LinkedHashMap<>();

  private long sentNanos;
  private boolean anySent;
  private long announced;
  private int heard;

  /** Hears of peers. */
  public interface Listener {
    /** Somebody at {@code peer} has {@code torrent}. */
    void onPeer(Hash torrent, Endpoint peer);
  }

  /** A discovery that does nothing until {@link #start}. */
  public Lsd(Net net, Entropy entropy, Listener listener) {
    this.net = net;
    this.cookie = Long.toHexString(entropy.nextLong());
    this.listener = listener;
  }

  private static Endpoint group(String address) {
    return new Endpoint(IpLiteral.parse(address).orElseThrow(), PORT);
  }

  /** Joins the groups of the families of {@code local} addresses. */
  public void start(List<InetAddress> local) {
    for (Endpoint address : GROUPS) {
      boolean wanted =
          local.stream().anyMatch(a -> new Endpoint(a, 0).isIpv6() == address.isIpv6());
      if (wanted) {
        Group made = new Group(address);
        groups.add(made);
        net.multicast(address, local, made);
      }
    }
  }

  /**
   * A second has passed.
   *
   * @param port at which we accept peers; 0 if nowhere
   * @param running gives the torrents that may be told, by their hashes of 20 bytes; asked only
   *     when a message may be sent
   */
  public void tick(Supplier<Set<Hash>> running, int port, long now) {
    heard = 0;
    if (port == 0 || groups.isEmpty() || (anySent && now - sentNanos < MESSAGE_NANOS)) {
      return;
    }
    Set<Hash> torrents = running.get();
    told.keySet().retainAll(torrents);
    List<Hash> due = new ArrayList<>();
    for (Hash torrent : torrents) {
      Long last = told.get(torrent);
      if (due.size() < LsdMessage.MAX_HASHES && (last == null || now - last >= AGAIN_NANOS)) {
        due.add(torrent);
      }
    }
    if (!due.isEmpty()) {
      due.forEach(torrent -> told.put(torrent, now));
      LsdMessage message = new LsdMessage(port, due, Optional.of(cookie));
      boolean any = false;
      for (Group group : groups) {
        any |= group.send(message);
      }
      if (any) {
        anySent = true;
        announced += due.size();
        sentNanos = now;
      } else {
        told.keySet().removeAll(due);
      }
    }
  }

  /** How often a torrent was told to the local network. */
  public long announced() {
    return announced;
  }

  /** Leaves the groups. */
  public void close() {
    groups.forEach(Group::close);
    groups.clear();
  }

  /** One of the groups. */
  private final class Group implements Net.UdpHandler {
    private final Endpoint address;
    private Net.@Nullable Datagrams socket;
    private boolean closed;

    Group(Endpoint address) {
      this.address = address;
    }

    boolean send(LsdMessage message) {
      if (socket != null) {
        socket.send(address, LsdCodec.encode(message, address));
      }
      return socket != null;
    }

    @Override
    public void onBound(Endpoint local, Net.Datagrams opened) {
      if (closed) {
        opened.close();
      } else {
        socket = opened;
      }
    }

    @Override
    public void onDatagram(Endpoint from, ByteBuffer payload) {
      if (heard++ >= MAX_HEARD_PER_TICK) {
        return;
      }
      Optional<LsdMessage> message = LsdCodec.decode(payload);
      if (message.isPresent() && !message.get().cookie().equals(Optional.of(cookie))) {
        Endpoint peer = new Endpoint(from.address(), message.get().port());
        message.get().hashes().forEach(torrent -> listener.onPeer(torrent, peer));
      }
    }

    @Override
    public void onFault(@Nullable Endpoint to, Fault fault) {
      // There is no multicast here, or one message is lost: others find peers.
    }

    void close() {
      closed = true;
      if (socket != null) {
        socket.close();
      }
    }
  }
}
