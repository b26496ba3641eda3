package sluice.engine.torrent;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.peer.Extensions;
import sluice.engine.peer.Peer;
import sluice.engine.pick.Picker;
import sluice.engine.port.Entropy;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.PieceSet;

/**
 * Who has which pieces: counts what peers have and tells them what we have, or what of it we show
 * (BEP 3, 6, 16, 54). Loop only.
 *
 * <p>Invariant: the picker's availability counts every connected peer that is no seed.
 */
final class Holdings {
  private final Loop loop;
  private final Entropy entropy;
  private final PieceLayout layout;
  private final Picker picker;
  private final PeerTable peers;
  private final boolean download;
  private final Doubts doubts;
  private Optional<SuperSeeding> hidden = Optional.empty();

  Holdings(SwarmParts parts, PeerTable peers, Consumer<Fault> failed) {
    this.loop = parts.services().loop();
    this.entropy = parts.services().entropy();
    this.layout = parts.layout();
    this.picker = parts.picker();
    this.peers = peers;
    this.download = parts.download();
    this.doubts = new Doubts(parts.storage(), parts.book(), failed);
  }

  /** What may not be there any more. */
  Doubts doubts() {
    return doubts;
  }

  /** Shows each peer that comes one piece at a time, or everybody all that we have. */
  void superSeed(boolean on) {
    if (on && !isHiding()) {
      hidden = Optional.of(new SuperSeeding(picker, entropy));
    } else if (!on && isHiding()) {
      show();
    }
  }

  /** Whether not all that we have is shown. */
  boolean isHiding() {
    return hidden.isPresent();
  }

  /** The first message to a peer: what we have. */
  void greet(Peer peer) {
    PieceSet have = isHiding() ? new PieceSet(layout.pieceCount()) : picker.have();
    if (peer.handshake().fast() && (have.isFull() || have.isEmpty())) {
      peer.outbox().send(have.isFull() ? new Message.HaveAll() : new Message.HaveNone());
    } else if (!have.isEmpty()) {
      peer.outbox().send(new Message.Bitfield(ByteBuffer.wrap(have.toWire())));
    }
  }

  /** To a peer that was told that we have nothing: bitfields come first or not at all. */
  void greetAgain(Peer peer) {
    PieceSet have = isHiding() ? new PieceSet(layout.pieceCount()) : picker.have();
    for (int i = have.nextSet(0); i >= 0; i = have.nextSet(i + 1)) {
      peer.outbox().send(new Message.Have(i));
    }
  }

  /** Whether the piece is there, and nothing makes us doubt it. */
  boolean isSound(int piece) {
    return picker.have().get(piece) && !doubts.has(piece);
  }

  /** Whether {@code peer} may have the piece. */
  boolean serves(Peer peer, int piece) {
    return isSound(piece) && hidden.map(h -> h.shows(peer, piece)).orElse(true);
  }

  /** The peer told all that it has. */
  void pieces(Peer peer) {
    if (!peer.isSeed()) {
      count(peer, true);
    }
    if (download) {
      peer.wantedChanged(picker.wanted(peer.pieces()));
    }
    hidden.ifPresent(h -> h.joined(peer, loop.now()));
  }

  /** The peer got a piece. */
  void have(Peer peer, int piece) {
    picker.peerHas(piece);
    if (peer.isSeed()) {
      count(peer, false);
    }
    if (download && picker.wants(piece)) {
      peer.wantedChanged(1);
    }
    hidden.ifPresent(h -> {
      h.joined(peer, loop.now());
      h.announced(peer, piece, loop.now());
    });
  }

  /** The peer, which was a seed or not, lost a piece (BEP 54). */
  void lost(Peer peer, int piece, boolean wasSeed) {
    if (wasSeed) {
      count(peer, true);
    } else {
      picker.peerLost(piece);
    }
    if (download && picker.wants(piece)) {
      peer.wantedChanged(-1);
    }
  }

  /** The peer has gone. */
  void gone(Peer peer) {
    if (!peer.isSeed()) {
      count(peer, false);
    }
    hidden.ifPresent(h -> h.left(peer));
  }

  private void count(Peer peer, boolean more) {
    PieceSet all = peer.pieces();
    for (int i = all.nextSet(0); i >= 0; i = all.nextSet(i + 1)) {
      if (more) {
        picker.peerHas(i);
      } else {
        picker.peerLost(i);
      }
    }
  }

  /** We got a piece: says so to those who lack it. */
  void got(int piece) {
    boolean wanted = picker.priority(piece).isWanted();
    for (Peer peer : peers.all()) {
      if (!peer.pieces().get(piece)) {
        peer.outbox().send(new Message.Have(piece));
      } else if (wanted && download) {
        peer.wantedChanged(-1);
      }
    }
  }

  /** We have lost {@code pieces}: says so to all; whoever hides cannot. */
  void lose(BitSet pieces) {
    pieces.stream().forEach(picker::lost);
    superSeed(false);
    for (Peer peer : peers.all()) {
      pieces.stream().forEach(piece -> Extensions.lost(peer, piece));
    }
  }

  /** A second has passed; true if all that we have has become known. */
  boolean tick(long now) {
    boolean over = hidden.map(h -> h.tick(peers.all(), now)).orElse(false);
    if (over) {
      show();
    }
    return over;
  }

  /** Shows all that we have. */
  private void show() {
    SuperSeeding before = hidden.orElseThrow();
    hidden = Optional.empty();
    for (Peer peer : peers.all()) {
      for (int i = 0; i < layout.pieceCount(); i++) {
        if (picker.have().get(i) && !peer.pieces().get(i) && !before.shows(peer, i)) {
          peer.outbox().send(new Message.Have(i));
        }
      }
    }
  }

  /** Lets a peer that has little and finds no slot get its first pieces without one (BEP 6). */
  void offerFast(Peer peer) {
    if (!isHiding() && peer.interestedInUs() && peer.chokedByUs()) {
      FastOffer.to(peer, layout, picker.have());
    }
  }
}
