package sluice.engine.torrent;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.peer.ExtensionListener;
import sluice.engine.peer.Peer;
import sluice.engine.pex.Meetings;
import sluice.engine.pex.PeerExchange;
import sluice.engine.pex.PeerParty;
import sluice.protocol.address.Endpoint;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.wire.HolepunchMessage;
import sluice.protocol.wire.MetadataMessage;
import sluice.protocol.wire.PexMessage;

/** What the peers of a torrent say by extensions (BEP 10), to whom it concerns. Loop only. */
final class ExtensionSide implements ExtensionListener, PeerExchange.Present {
  private final SwarmParts parts;
  private final PeerTable peers;
  private final Consumer<Peer> changed;
  private final Talks talks;

  /** Empty in private torrents (BEP 27). */
  private final Optional<PeerExchange> exchange;

  private final Meetings meetings;

  /**
   * @param changed is told a peer whose capabilities have changed
   */
  ExtensionSide(SwarmParts parts, PeerTable peers, Consumer<Peer> changed) {
    this.parts = parts;
    this.peers = peers;
    this.changed = changed;
    this.talks = new Talks(parts.services().extensions(), parts.info());
    parts.chokes().seller(talks.seller());
    this.exchange =
        exchanges(parts)
            ? Optional.of(
                new PeerExchange(this, parts.known(), parts.services().connections().counts()))
            : Optional.empty();
    this.meetings =
        exchange.isPresent()
            ? new Meetings(() -> peers.all().stream().map(this::party).toList())
            : Meetings.none();
  }

  /** What is said first to peers. */
  Introduction introduction(Holdings holdings) {
    return new Introduction(parts.services(), holdings, parts.metadata(), exchanges(parts), talks);
  }

  /** Whether peers of the torrent may be exchanged. */
  static boolean exchanges(SwarmParts parts) {
    return !parts.info().isPrivate();
  }

  /** The extensions of other modules. */
  Talks talks() {
    return talks;
  }

  private PeerParty party(Peer peer) {
    return new PeerParty(
        peer, this, (of, whom) -> exchange.filter(e -> e.knows(of, whom)).isPresent());
  }

  /** Meetings of peers that others arrange, and that we do. */
  Meetings meetings() {
    return meetings;
  }

  /** A second has passed. */
  void tick(long now) {
    talks.tick(now);
    if (!talks.isEmpty()) {
      peers.all().forEach(changed);
    }
    exchange.ifPresent(e -> e.tick(now));
    meetings.tick(now);
  }

  /** The peer has gone. */
  void closed(Peer peer) {
    parts.metadata().onClosed(peer);
    talks.closed(peer);
    exchange.ifPresent(e -> e.closed(peer));
    meetings.closed(party(peer));
  }

  @Override
  public void onCapabilities(Peer peer) {
    if (peer.incoming()
        && listening(peer).isEmpty()
        && peer.capabilities().listenPort().isPresent()) {
      int port = peer.capabilities().listenPort().getAsInt();
      Endpoint listening = new Endpoint(peer.endpoint().address(), port);
      if (parts.known().connected(listening, parts.services().loop().now())) {
        peers.listensAt(peer, listening);
      }
    }
    if (peer.incoming() && peer.byUtp()) {
      listening(peer).ifPresent(e -> parts.known().speaksUtp(e, true));
    }
    parts.services().self().peer(peer.endpoint().address(), peer.capabilities().sees());
    changed.accept(peer);
  }

  @Override
  public void onMetadata(Peer peer, MetadataMessage message) {
    parts.metadata().onMessage(peer, message);
  }

  @Override
  public void onPeerExchange(Peer peer, PexMessage message) {
    exchange.ifPresent(e -> e.onMessage(peer, message, parts.services().loop().now()));
  }

  @Override
  public void onHolepunch(Peer peer, HolepunchMessage message) {
    meetings.onMessage(party(peer), message, parts.services().loop().now());
  }

  @Override
  public void onGreeting(Peer peer, String extension, BDictionary told) {
    talks.onGreeting(peer, extension, told);
  }

  @Override
  public void onOther(Peer peer, String extension, ByteBuffer payload) {
    talks.onMessage(peer, extension, payload);
  }

  @Override
  public List<Peer> peers() {
    return peers.all();
  }

  @Override
  public Optional<Endpoint> listening(Peer peer) {
    return peers.entry(peer).flatMap(PeerTable.Entry::listening);
  }
}
