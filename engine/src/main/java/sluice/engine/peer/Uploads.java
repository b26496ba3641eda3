package sluice.engine.peer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Storage;
import sluice.engine.port.Storage.Slice;
import sluice.protocol.metainfo.PieceLayout;

/**
 * What one peer asked for and has not been sent. Requests are read from storage in batches, two
 * batches ahead of the pipe but no more than it takes in a while, so that what a slow peer cancels
 * is not sent; each is answered exactly once. Without the fast extension (BEP 6) a choke withdraws
 * them all. Loop only.
 */
final class Uploads {
  /**
   * Most requests that wait; told to peers as {@code reqq}. transmission asks but once a second, so
   * this bounds its rate: 32 MiB/s.
   */
  static final int MAX_QUEUED = 2048;

  private static final int BATCH = 16;
  private static final int MAX_READS = 2;
  private static final long MIN_AHEAD_BYTES = 64 << 10;
  private static final long MAX_AHEAD_BYTES = 1 << 20;
  private static final int AHEAD_PER_SECOND = 4;

  /** So much is sent before it is known how fast a peer is. */
  private static final long TRIAL_BYTES = 512 << 10;

  private final Peer peer;
  private final Loop loop;
  private final Storage storage;
  private final BlockBudget budget;
  private final ArrayDeque<Slice> queue = new ArrayDeque<>();
  private int reads;
  private long readingBytes;

  /** Cancels that the peer may send: about one for each request. */
  private int cancels = MAX_QUEUED;

  /** Bytes of reads that failed for lack of memory: the rate limit has been charged for them. */
  private long prepaidBytes;

  Uploads(Peer peer, PeerContext context) {
    this.peer = peer;
    this.loop = context.loop();
    this.storage = context.storage();
    this.budget = context.budget();
  }

  int size() {
    return queue.size();
  }

  /** Bytes of blocks that are being read. */
  long readingBytes() {
    return readingBytes;
  }

  void add(Slice request) {
    queue.add(request);
    cancels = Math.min(2 * MAX_QUEUED, cancels + 1);
  }

  /** Whether the request was waiting and is forgotten. */
  boolean cancel(Slice request) {
    cancels--;
    return queue.removeFirstOccurrence(request);
  }

  /** Whether the peer cancels what it cannot have asked for; each costs a search. */
  boolean isFloodOfCancels() {
    return cancels < 0;
  }

  /** Forgets the waiting requests, those for {@code keep} excepted, and gives them. */
  List<Slice> clear(java.util.function.IntPredicate keep) {
    List<Slice> dropped = new ArrayList<>();
    for (Iterator<Slice> i = queue.iterator(); i.hasNext(); ) {
      Slice slice = i.next();
      if (!keep.test(slice.piece())) {
        dropped.add(slice);
        i.remove();
      }
    }
    return dropped;
  }

  /** Starts reads while the pipe, the rate limit and memory allow. */
  void pump() {
    while (!queue.isEmpty() && reads < MAX_READS && mayRead()) {
      List<Slice> batch = new ArrayList<>(BATCH);
      int blocks = 0;
      long allowed = Math.min(Math.min(room(), peer.uploadAllowance()), peer.slot().left());
      long credit = credit();
      while (!queue.isEmpty() && blocks < BATCH && allowed > 0) {
        credit -= queue.element().length();
        int needed = blocks(queue.element());
        if (credit < 0 || !budget.reserveRead(needed)) {
          break;
        }
        Slice slice = queue.remove();
        batch.add(slice);
        blocks += needed;
        allowed -= slice.length();
      }
      if (batch.isEmpty()) {
        return;
      }
      charge(bytes(batch));
      reads++;
      readingBytes += bytes(batch);
      storage.read(batch, new Answer(batch, blocks));
    }
  }

  private boolean mayRead() {
    return room() > 0 && peer.uploadAllowance() > 0 && !peer.slot().isSpent();
  }

  /** What may be sent unpaid, less what is being read. */
  private long credit() {
    return peer.slot().credit() - peer.up().total() - readingBytes;
  }

  /**
   * Bytes that may be read: what the peer takes in a quarter of a second, but no more than its
   * share of memory, less what waits.
   */
  private long room() {
    long known =
        Math.max(TRIAL_BYTES - peer.up().total(), peer.up().rate(loop.now()) / AHEAD_PER_SECOND);
    long share = (long) budget.share() * PieceLayout.BLOCK;
    long ahead = Math.min(share, Math.clamp(known, MIN_AHEAD_BYTES, MAX_AHEAD_BYTES));
    return ahead - peer.outbox().waiting() - readingBytes;
  }

  private void charge(long bytes) {
    long covered = Math.min(bytes, prepaidBytes);
    prepaidBytes -= covered;
    peer.spendUpload(bytes - covered);
    peer.slot().give(bytes);
  }

  /** Takes back what was not read; what a choke would have refused meanwhile is refused. */
  private void putBack(List<Slice> batch) {
    prepaidBytes += bytes(batch);
    peer.slot().takeBack(bytes(batch));
    for (Slice slice : batch.reversed()) {
      if (peer.serves(slice.piece())) {
        queue.addFirst(slice);
      } else {
        peer.reject(slice);
      }
    }
  }

  private static int blocks(Slice slice) {
    return (slice.length() + PieceLayout.BLOCK - 1) / PieceLayout.BLOCK;
  }

  private static long bytes(List<Slice> batch) {
    return batch.stream().mapToLong(Slice::length).sum();
  }

  /** Sends what was read. */
  private final class Answer implements Storage.ReadHandler {
    private final List<Slice> batch;
    private final int blocks;

    Answer(List<Slice> batch, int blocks) {
      this.batch = batch;
      this.blocks = blocks;
    }

    @Override
    public void onRead(List<List<Block>> read) {
      end();
      if (peer.isClosed()) {
        read.forEach(list -> list.forEach(Block::release));
        return;
      }
      for (int i = 0; i < batch.size(); i++) {
        Slice slice = batch.get(i);
        boolean lost = !peer.listener().canServe(peer, slice.piece());
        if (lost || (!peer.serves(slice.piece()) && !peer.handshake().fast())) {
          read.get(i).forEach(Block::release);
          peer.reject(slice);
          continue;
        }
        peer.outbox().sendBlock(slice.piece(), slice.begin(), slice.length(), read.get(i));
        peer.sent(slice.length());
      }
      pump();
    }

    @Override
    public void onFault(Fault fault) {
      end();
      if (peer.isClosed()) {
        return;
      }
      if (fault.kind() == Fault.Kind.NO_SPACE) {
        putBack(batch);
      } else {
        peer.listener().onDiskFault(fault);
      }
    }

    private void end() {
      reads--;
      readingBytes -= bytes(batch);
      budget.endRead(blocks);
    }
  }
}
