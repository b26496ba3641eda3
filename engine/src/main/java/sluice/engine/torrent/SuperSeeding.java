package sluice.engine.torrent;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.engine.peer.Peer;
import sluice.engine.pick.Picker;
import sluice.engine.port.Entropy;
import sluice.protocol.wire.Message;

/**
 * The first seed of a swarm that shows each peer one piece at a time (BEP 16), so that every piece
 * is sent about once: a peer is shown a piece that nobody has, and the next one when another peer
 * announces it. Loop only.
 */
final class SuperSeeding {
  /** A peer that has its piece for so long and gave it to nobody is shown another one. */
  private static final long STUCK_NANOS = 30_000_000_000L;

  /** A piece that a peer did not fetch in this time may be shown to others, too. */
  private static final long IDLE_NANOS = 60_000_000_000L;

  /** When every piece has been in the swarm for so long, the seed becomes an ordinary one. */
  private static final long SPREAD_NANOS = 120_000_000_000L;

  private static final int NOTHING = -1;

  private final Picker picker;
  private final Entropy entropy;
  private final int pieces;
  private final Map<Peer, Guest> guests = new LinkedHashMap<>();
  private long spreadSinceNanos;
  private boolean spread;

  /** What one peer was shown. */
  private static final class Guest {
    private final BitSet shown = new BitSet();
    private int piece = NOTHING;
    private long shownNanos;
  }

  SuperSeeding(Picker picker, Entropy entropy) {
    this.picker = picker;
    this.entropy = entropy;
    this.pieces = picker.have().size();
  }

  /** The peer told which pieces it has. */
  void joined(Peer peer, long now) {
    Guest guest = guests.computeIfAbsent(peer, p -> new Guest());
    if (guest.piece == NOTHING) {
      show(peer, guest, now);
    }
  }

  /** The peer has gone. */
  void left(Peer peer) {
    guests.remove(peer);
  }

  /** Whether the peer was shown the piece. */
  boolean shows(Peer peer, int piece) {
    Guest guest = guests.get(peer);
    return guest != null && guest.shown.get(piece);
  }

  /** {@code by} announced a piece: whoever else was shown it has given it away. */
  void announced(Peer by, int piece, long now) {
    boolean alone = guests.size() == 1;
    for (Map.Entry<Peer, Guest> entry : guests.entrySet()) {
      if (entry.getValue().piece == piece && (alone || !entry.getKey().equals(by))) {
        show(entry.getKey(), entry.getValue(), now);
      }
    }
  }

  /** A second has passed; true if the seed is to become an ordinary one. */
  boolean tick(List<Peer> peers, long now) {
    for (Map.Entry<Peer, Guest> entry : guests.entrySet()) {
      Guest guest = entry.getValue();
      boolean idle = guest.piece == NOTHING;
      boolean stuck =
          !idle && entry.getKey().pieces().get(guest.piece) && now - guest.shownNanos > STUCK_NANOS;
      if (idle || stuck) {
        show(entry.getKey(), guest, now);
      }
    }
    boolean all = isSpread();
    spreadSinceNanos = all && spread ? spreadSinceNanos : now;
    spread = all;
    return peers.stream().anyMatch(Peer::isSeed)
        || (spread && now - spreadSinceNanos > SPREAD_NANOS);
  }

  private boolean isSpread() {
    for (int i = 0; i < pieces; i++) {
      if (picker.availability(i) == 0) {
        return false;
      }
    }
    return true;
  }

  private void show(Peer peer, Guest guest, long now) {
    guest.piece = next(peer, now).orElse(NOTHING);
    guest.shownNanos = now;
    if (guest.piece != NOTHING) {
      guest.shown.set(guest.piece);
      peer.outbox().send(new Message.Have(guest.piece));
    }
  }

  /** A piece that nobody has and nobody is about to fetch, from a random one on. */
  private Optional<Integer> next(Peer peer, long now) {
    BitSet underWay = new BitSet();
    for (Guest guest : guests.values()) {
      if (guest.piece != NOTHING && now - guest.shownNanos < IDLE_NANOS) {
        underWay.set(guest.piece);
      }
    }
    int start = pieces == 0 ? 0 : entropy.nextInt(pieces);
    for (int i = 0; i < pieces; i++) {
      int piece = (start + i) % pieces;
      if (picker.availability(piece) == 0
          && !underWay.get(piece)
          && !peer.pieces().get(piece)
          && !shows(peer, piece)) {
        return Optional.of(piece);
      }
    }
    return Optional.empty();
  }
}
