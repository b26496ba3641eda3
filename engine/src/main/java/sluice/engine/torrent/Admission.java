package sluice.engine.torrent;

import java.nio.ByteBuffer;
import java.util.Optional;
import sluice.engine.peer.Peer;
import sluice.engine.peer.PeerContext;
import sluice.engine.peer.PeerProtocol;
import sluice.engine.port.Pipe;
import sluice.engine.rate.TorrentBandwidth;
import sluice.engine.swarm.ConnectionBudget;
import sluice.engine.swarm.ConnectionBudget.Permit;
import sluice.engine.swarm.KnownPeers;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.HandshakeCodec;
import sluice.protocol.wire.PeerId;

/** Lets peers whose handshake has come into the swarm, each of them once. Loop only. */
final class Admission {
  private final Services services;
  private final ConnectionBudget connections;
  private final KnownPeers known;
  private final PeerContext context;
  private final TorrentBandwidth bandwidth;
  private final Swarm swarm;

  Admission(
      Services services,
      ConnectionBudget connections,
      KnownPeers known,
      PeerContext context,
      TorrentBandwidth bandwidth,
      Swarm swarm) {
    this.services = services;
    this.connections = connections;
    this.known = known;
    this.context = context;
    this.bandwidth = bandwidth;
    this.swarm = swarm;
  }

  /** A peer connected to us; {@code ours} is the answer to its handshake. */
  void accept(Pipe pipe, Handshake theirs, ByteBuffer rest, Permit permit, Handshake ours) {
    boolean self = theirs.peerId().equals(services.peerId());
    if (self || known.isBanned(pipe.remote()) || !permit.moveTo(connections)) {
      pipe.close();
      permit.close();
      return;
    }
    pipe.write(ByteBuffer.wrap(HandshakeCodec.encode(ours)));
    pipe.flush();
    join(pipe, theirs, rest, true, permit, Optional.empty());
  }

  /** A peer that we dialled at {@code listening} answered. */
  void dialled(Pipe pipe, Handshake theirs, ByteBuffer rest, Permit permit, Endpoint listening) {
    if (known.isBanned(listening)) {
      pipe.close();
      permit.close();
      return;
    }
    boolean first = known.connected(listening, services.loop().now());
    join(pipe, theirs, rest, false, permit, first ? Optional.of(listening) : Optional.empty());
  }

  /**
   * A peer that was connected while the metadata were fetched; its permit is one of our budget.
   *
   * @param said what it said since its handshake
   */
  void moved(MetadataPeer.Connection peer, ByteBuffer said) {
    int key = services.keys().getAsInt();
    Endpoint remote = peer.pipe().remote();
    PeerContext own = context.limited(bandwidth.down(remote), bandwidth.up(remote));
    Peer joining = new Peer(key, peer.pipe(), peer.theirs(), peer.incoming(), own, swarm);
    swarm.rejoin(new PeerTable.Entry(joining, peer.permit(), peer.listening()));
    PeerProtocol.attach(joining, own, services.extensions(), said);
  }

  private void join(
      Pipe pipe,
      Handshake theirs,
      ByteBuffer rest,
      boolean incoming,
      Permit permit,
      Optional<Endpoint> dialled) {
    Optional<Endpoint> listening = dialled;
    Optional<Peer> twin = swarm.peers().withId(theirs.peerId());
    if (twin.isPresent()) {
      Peer old = twin.get();
      if (keepsOld(old, theirs.peerId(), incoming)) {
        pipe.close();
        permit.close();
        dialled.ifPresent(e -> listensAt(old, e));
        return;
      }
      listening = dialled.or(() -> swarm.peers().takeListening(old));
      old.close();
    }
    int key = services.keys().getAsInt();
    Endpoint remote = pipe.remote();
    PeerContext own = context.limited(bandwidth.down(remote), bandwidth.up(remote));
    Peer peer = new Peer(key, pipe, theirs, incoming, own, swarm);
    swarm.join(new PeerTable.Entry(peer, permit, listening));
    PeerProtocol.attach(peer, own, services.extensions(), rest);
  }

  /**
   * Notes that {@code peer} was reached at {@code endpoint}, too: it is not to be dialled there.
   */
  private void listensAt(Peer peer, Endpoint endpoint) {
    if (swarm.peers().entry(peer).flatMap(PeerTable.Entry::listening).isEmpty()) {
      swarm.peers().listensAt(peer, endpoint);
    } else {
      known.closed(endpoint, services.loop().now());
    }
  }

  /**
   * Of two connections to one peer both ends must keep the same one: the one that the larger peer
   * id dialled; of two that one side dialled, the older.
   */
  private boolean keepsOld(Peer old, PeerId theirs, boolean incoming) {
    return old.incoming() == incoming
        || old.incoming() == (theirs.compareTo(services.peerId()) > 0);
  }
}
