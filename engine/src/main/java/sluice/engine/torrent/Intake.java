package sluice.engine.torrent;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.engine.hash.HashBook;
import sluice.engine.peer.Arrival;
import sluice.engine.peer.BlockBudget;
import sluice.engine.peer.Peer;
import sluice.engine.peer.Requests;
import sluice.engine.peer.Sender;
import sluice.engine.pick.OpenPiece;
import sluice.engine.pick.Picker;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Storage;
import sluice.protocol.merkle.PieceHash;
import sluice.protocol.metainfo.PieceLayout;

/**
 * The way of received blocks to the disk. A full piece is verified and written by the storage in
 * one go; when memory is short, blocks of unfinished pieces are spilled to disk and their piece is
 * verified by reading it back. Loop only.
 */
final class Intake {
  private final Loop loop;
  private final PieceLayout layout;
  private final HashBook hashes;
  private final Storage storage;
  private final BlockBudget budget;
  private final Picker picker;
  private final Counters counters;
  private final Listener listener;
  private final Set<OpenPiece> verifying = new LinkedHashSet<>();

  /** Wrong pieces that are on disk and wait for the hashes of their blocks. */
  private final Set<OpenPiece> doubted = new LinkedHashSet<>();

  private int underWay;
  private long stored;

  /** What the torrent is told. */
  interface Listener {
    /** A block came that others may have been asked for, too. */
    void onBlock(Sender from, int piece, int block, boolean alsoAsked);

    /** Whether the digests of this piece's blocks are wanted even if it is right. */
    boolean wantsDigests(int piece);

    /** The piece is right and on disk. {@code digests} is empty unless they were wanted. */
    void onGood(OpenPiece piece, List<Long> digests);

    /** The piece is wrong; {@link #giveUp} or {@link #repair} follows. */
    void onBad(OpenPiece piece, List<Long> digests);

    /** The disk failed. */
    void onDiskFault(Fault fault);
  }

  Intake(
      Loop loop,
      PieceLayout layout,
      HashBook hashes,
      Storage storage,
      BlockBudget budget,
      Picker picker,
      Counters counters,
      Listener listener) {
    this.loop = loop;
    this.layout = layout;
    this.hashes = hashes;
    this.storage = storage;
    this.budget = budget;
    this.picker = picker;
    this.counters = counters;
    this.listener = listener;
  }

  /** Pieces and runs that the storage is working on. */
  int underWay() {
    return underWay;
  }

  /**
   * A block starts to arrive: where to put it, or null if it was not asked for or is not needed.
   */
  @Nullable ByteBuffer start(Peer peer, int piece, int begin, int length) {
    if (!layout.isBlock(piece, begin, length)) {
      return null;
    }
    int block = begin / PieceLayout.BLOCK;
    Requests.Open request = peer.requests().remove(piece, block);
    if (request == null) {
      return null;
    }
    OpenPiece open = picker.openPiece(piece);
    if (open == null || open.isReceived(block)) {
      peer.requests().lapse(piece, block);
      budget.cancelReceive();
      picker.unask(piece, block);
      return null;
    }
    Block memory = budget.claimReceive();
    if (memory == null) {
      peer.requests().lapse(piece, block);
      picker.unask(piece, block);
      return null;
    }
    peer.arrival(new Arrival(request, open.serial(), memory));
    return memory.bytes();
  }

  /** The block that started last on {@code peer} is there. */
  void end(Peer peer, int length) {
    long now = loop.now();
    counters.received(length, now);
    Arrival arrival = peer.arrival();
    if (arrival == null) {
      counters.wasted(length);
      return;
    }
    peer.arrival(null);
    Requests.Open request = arrival.request();
    peer.receivedBlock(request, length, now);
    OpenPiece piece = target(arrival);
    if (piece == null || piece.isReceived(request.block())) {
      drop(arrival);
      counters.wasted(length);
      return;
    }
    put(Sender.of(peer), piece, request.block(), arrival.memory());
  }

  /** A block of {@code piece} came from a web seed; the hold on {@code memory} passes here. */
  void deliver(Sender from, OpenPiece piece, int block, Block memory) {
    int length = layout.blockLength(piece.piece(), block);
    counters.received(length, loop.now());
    if (!lend(from, piece, block, memory)) {
      counters.wasted(length);
    }
  }

  /** The same from a sibling, which is no download. False if the block is not needed any more. */
  boolean lend(Sender from, OpenPiece piece, int block, Block memory) {
    if (!picker.isOpen(piece) || piece.isReceived(block)) {
      memory.release();
      picker.unask(piece, block);
      return false;
    }
    put(from, piece, block, memory);
    return true;
  }

  private void put(Sender from, OpenPiece piece, int block, Block memory) {
    piece.put(block, memory, from);
    listener.onBlock(from, piece.piece(), block, piece.asked(block) > 0);
    if (piece.isFull()) {
      full(piece);
    }
  }

  /** The connection ended: what was arriving will not come. */
  void abort(Peer peer) {
    Arrival arrival = peer.arrival();
    if (arrival != null) {
      peer.arrival(null);
      drop(arrival);
    }
  }

  /** What is arriving takes too long: others may be asked for it. */
  void abandon(Peer peer) {
    Arrival arrival = peer.arrival();
    if (arrival != null && target(arrival) != null) {
      picker.unask(arrival.request().piece(), arrival.request().block());
      peer.arrival(arrival.abandoned());
    }
  }

  /** The open piece that asked for what arrives; null if it is full or given up. */
  private @Nullable OpenPiece target(Arrival arrival) {
    OpenPiece open = picker.openPiece(arrival.request().piece());
    return open != null && open.serial() == arrival.serial() ? open : null;
  }

  private void drop(Arrival arrival) {
    arrival.memory().release();
    if (target(arrival) != null) {
      picker.unask(arrival.request().piece(), arrival.request().block());
    }
  }

  /** Memory is short: if nothing on its way to disk will free some, spills the largest piece. */
  void relieve() {
    if (underWay > 0 || !budget.isShort()) {
      return;
    }
    OpenPiece largest = null;
    for (OpenPiece piece : picker.openPieces()) {
      if (largest == null || piece.inMemory() > largest.inMemory()) {
        largest = piece;
      }
    }
    if (largest != null) {
      spill(largest);
    }
  }

  /** Writes what is in memory of an open piece. */
  void store(OpenPiece piece) {
    spill(piece);
  }

  /** Runs of blocks that were written before their pieces were full. */
  long stored() {
    return stored;
  }

  /** Full pieces that are on disk, and are being verified. */
  Iterable<OpenPiece> verifying() {
    return verifying;
  }

  /** Wrong pieces that are on disk; which of their blocks are is to be found out. */
  Iterable<OpenPiece> doubted() {
    return doubted;
  }

  /** Waits with a wrong piece until {@link #giveUp} or {@link #repair}. */
  void doubt(OpenPiece piece) {
    doubted.add(piece);
    stored++;
  }

  /** Goes on with an absent piece of which an earlier run left {@code blocks} on disk. */
  void resume(int piece, BitSet blocks) {
    if (!blocks.isEmpty() && blocks.length() <= layout.blockCount(piece)) {
      OpenPiece open = picker.reopen(piece, p -> blocks.stream().forEach(p::kept));
      if (open.isFull()) {
        full(open);
      }
    }
  }

  private void full(OpenPiece piece) {
    picker.committing(piece);
    if (piece.isSpilled() || listener.wantsDigests(piece.piece())) {
      verifying.add(piece);
      spill(piece);
      verifyIfSpilled(piece);
      return;
    }
    underWay++;
    storage.commit(piece.piece(), piece.takeRun(0), expected(piece), new Commit(piece, List.of()));
  }

  private void spill(OpenPiece piece) {
    for (int i = piece.nextInMemory(0); i >= 0; i = piece.nextInMemory(i)) {
      List<Block> run = piece.takeRun(i);
      underWay++;
      piece.spillStarted();
      storage.spill(piece.piece(), i, run, new Spill(piece, i));
    }
  }

  private void verifyIfSpilled(OpenPiece piece) {
    if (piece.isFull() && !piece.isSpilling()) {
      underWay++;
      Commit commit = new Commit(piece, piece.spilledDigests());
      storage.verify(piece.piece(), expected(piece), commit);
    }
  }

  private PieceHash expected(OpenPiece piece) {
    return hashes.expected(piece.piece());
  }

  /** A wrong piece is to be fetched again, whole. */
  void giveUp(OpenPiece piece) {
    doubted.remove(piece);
    BitSet all = new BitSet();
    all.set(0, piece.blocks());
    counters.wasted(received(piece, all));
    picker.failed(piece.piece());
  }

  /** Of a wrong piece, whose blocks have these digests on disk, some are to be fetched again. */
  void repair(OpenPiece piece, BitSet wrong, List<Long> digests) {
    if (!picker.wants(piece.piece())) {
      giveUp(piece);
      return;
    }
    doubted.remove(piece);
    counters.wasted(received(piece, wrong));
    List<Sender> senders = piece.senders();
    picker.reopen(
        piece.piece(),
        again -> {
          for (int i = wrong.nextClearBit(0); i < again.blocks(); i = wrong.nextClearBit(i + 1)) {
            again.right(i, senders.get(i), digests.get(i));
          }
        });
  }

  /** Bytes of {@code blocks} of the full {@code piece} that were downloaded. */
  private long received(OpenPiece piece, BitSet blocks) {
    List<Sender> senders = piece.senders();
    long bytes = 0;
    for (int i = 0; i < senders.size(); i++) {
      if (blocks.get(i) && !(senders.get(i) instanceof Sender.Sibling)) {
        bytes += layout.blockLength(piece.piece(), i);
      }
    }
    return bytes;
  }

  /** The end of a verification; {@code digests} are those of a spilled piece. */
  private final class Commit implements Storage.CommitHandler {
    private final OpenPiece piece;
    private final List<Long> digests;

    Commit(OpenPiece piece, List<Long> digests) {
      this.piece = piece;
      this.digests = digests;
    }

    @Override
    public void onGood() {
      underWay--;
      verifying.remove(piece);
      picker.got(piece.piece());
      listener.onGood(piece, digests);
    }

    @Override
    public void onBad(List<Long> blockDigests) {
      underWay--;
      verifying.remove(piece);
      listener.onBad(piece, blockDigests);
    }

    @Override
    public void onFault(Fault fault) {
      underWay--;
      verifying.remove(piece);
      picker.failed(piece.piece());
      listener.onDiskFault(fault);
    }
  }

  /** The end of a spilled run. */
  private final class Spill implements Storage.SpillHandler {
    private final OpenPiece piece;
    private final int from;

    Spill(OpenPiece piece, int from) {
      this.piece = piece;
      this.from = from;
    }

    @Override
    public void onSpilled(List<Long> blockDigests) {
      underWay--;
      stored++;
      piece.spillEnded(from, blockDigests);
      verifyIfSpilled(piece);
    }

    @Override
    public void onFault(Fault fault) {
      underWay--;
      listener.onDiskFault(fault);
    }
  }
}
