package sluice.engine.torrent;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import sluice.engine.peer.BlockBudget;
import sluice.engine.peer.Peer;
import sluice.engine.peer.Requests;
import sluice.engine.peer.Sender;
import sluice.engine.pick.Pick;
import sluice.engine.pick.Picker;
import sluice.engine.port.Loop;
import sluice.engine.swarm.SmartBan;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;

/** Keeps each peer's window of requests filled, as far as there is memory. Loop only. */
final class Demand {
  private final Loop loop;
  private final PieceLayout layout;
  private final Picker picker;
  private final BlockBudget budget;
  private final SmartBan bans;
  private final Predicate<Peer> paid;
  private final Runnable memoryShort;

  /**
   * @param paid who is to be asked for whole pieces while there are any
   */
  Demand(
      Loop loop,
      PieceLayout layout,
      Picker picker,
      BlockBudget budget,
      SmartBan bans,
      Predicate<Peer> paid,
      Runnable memoryShort) {
    this.loop = loop;
    this.layout = layout;
    this.picker = picker;
    this.budget = budget;
    this.bans = bans;
    this.paid = paid;
    this.memoryShort = memoryShort;
  }

  /** Asks {@code peer} for blocks until its window is full. */
  void fill(Peer peer) {
    if (!peer.interesting() || !peer.mayRequest() || peer.requests().room() == 0) {
      return;
    }
    boolean onParole = bans.onParole(Sender.of(peer));
    long now = loop.now();
    while (peer.requests().room() > 0) {
      if (!budget.reserveReceive()) {
        memoryShort.run();
        return;
      }
      Optional<Pick> pick = next(peer, onParole, now);
      if (pick.isEmpty()) {
        budget.cancelReceive();
        return;
      }
      int piece = pick.get().piece();
      int block = pick.get().block();
      peer.requested(piece, block, now);
      peer.outbox().sendRequest(piece, block * PieceLayout.BLOCK, layout.blockLength(piece, block));
    }
  }

  /** Who is paid fetches whole pieces while there are any, and helps with others at the end. */
  private Optional<Pick> next(Peer peer, boolean onParole, long now) {
    Optional<Pick> own = picker.next(peer, onParole || paid.test(peer), now);
    return own.isPresent() || onParole || !paid.test(peer) ? own : picker.next(peer, false, now);
  }

  /** Asks nobody else: {@code block} came from {@code from}. Others are told to cancel. */
  void cancelElsewhere(Sender from, List<Peer> peers, int piece, int block) {
    for (Peer peer : peers) {
      if (!from.equals(Sender.of(peer)) && peer.requests().withdraw(piece, block)) {
        peer.outbox().send(cancel(piece, block));
        ended(piece, block);
        fill(peer);
      }
    }
  }

  /** Takes back all open requests of {@code peer}; those for {@code keep} stay. */
  void withdraw(Peer peer, java.util.function.IntPredicate keep, boolean tellPeer) {
    for (Requests.Open open : peer.requests().all()) {
      if (keep.test(open.piece())) {
        continue;
      }
      peer.requests().withdraw(open.piece(), open.block());
      ended(open.piece(), open.block());
      if (tellPeer) {
        peer.outbox().send(cancel(open.piece(), open.block()));
      }
    }
    picker.share(Sender.of(peer));
  }

  /** Takes back the open requests of {@code peer} for {@code pieces}, and tells it. */
  void drop(Peer peer, java.util.function.IntPredicate pieces) {
    for (Requests.Open open : peer.requests().all()) {
      if (pieces.test(open.piece())) {
        peer.requests().withdraw(open.piece(), open.block());
        ended(open.piece(), open.block());
        peer.outbox().send(cancel(open.piece(), open.block()));
      }
    }
  }

  /** The peer refused one request. */
  void rejected(Peer peer, int piece, int begin) {
    int block = begin / PieceLayout.BLOCK;
    if (begin % PieceLayout.BLOCK == 0) {
      peer.requests().takeLapsed(piece, block);
    }
    if (begin % PieceLayout.BLOCK == 0 && peer.requests().remove(piece, block) != null) {
      ended(piece, block);
      peer.refused(loop.now());
    }
  }

  private void ended(int piece, int block) {
    budget.cancelReceive();
    picker.unask(piece, block);
  }

  private Message.Cancel cancel(int piece, int block) {
    int begin = block * PieceLayout.BLOCK;
    return new Message.Cancel(piece, begin, layout.blockLength(piece, block));
  }
}
