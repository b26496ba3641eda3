package sluice.engine.hash;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import sluice.engine.peer.Peer;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.HashRange;
import sluice.protocol.merkle.HashSource;
import sluice.protocol.merkle.MerkleLayers;
import sluice.protocol.merkle.MerkleTree;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.MessageWriter;

/**
 * Answers requests for hashes (BEP 52). From the piece layer upwards they come from the book; below
 * it, down to the blocks, pieces that are there are read and hashed, a few at a time. Hashes count
 * against the upload limits, and every request has one answer. Loop only.
 */
final class HashServer {
  /** Requests that wait for the disk; more are refused. */
  static final int MAX_WAITING = 32;

  /** Of these, those of one peer. */
  static final int MAX_WAITING_PER_PEER = 8;

  /** Pieces that are read at a time. */
  private static final int MAX_READS = 2;

  /** Pieces that one request may span, and their blocks. */
  private static final int MAX_PIECES = 16;

  private static final int MAX_BLOCKS = 4_096;

  private final HashBook book;
  private final Storage storage;
  private final IntPredicate have;
  private final Uppers uppers;
  private final LeafCache leaves = new LeafCache();
  private final Deque<Job> waiting = new ArrayDeque<>();
  private int reads;

  HashServer(HashBook book, Storage storage, IntPredicate have) {
    this.book = book;
    this.storage = storage;
    this.have = have;
    this.uppers = new Uppers(book);
  }

  /** Answers {@code request}, at once or when the disk has been read. */
  void answer(Peer peer, Message.HashRequest request) {
    HashRange range =
        new HashRange(
            request.baseLayer(), request.index(), request.length(), request.proofLayers());
    Optional<TreeShape> shape = book.shape(request.piecesRoot());
    // Who pays needs hashes to pay; as they are debt of the limit, it holds on average.
    boolean allowed = peer.uploadAllowance() > 0 || peer.slot().isOnCredit();
    boolean may = peer.outbox().hasRoom() && allowed;
    if (!may || shape.isEmpty() || !range.isValid(shape.get().height())) {
      refuse(peer, request);
    } else if (range.baseLayer() >= shape.get().pieceLevel()) {
      send(
          peer,
          request,
          uppers.of(shape.get()).flatMap(s -> range.answer(shape.get().height(), s)));
    } else {
      below(peer, request, shape.get(), range);
    }
  }

  private void below(Peer peer, Message.HashRequest request, TreeShape shape, HashRange range) {
    int down = shape.pieceLevel() - range.baseLayer();
    int first = range.index() >> down;
    int last = Math.min((range.index() + range.length() - 1) >> down, shape.pieces() - 1);
    boolean fits = last - first < MAX_PIECES && (last - first + 1L) * shape.width() <= MAX_BLOCKS;
    long same = waiting.stream().filter(job -> job.peer == peer).count();
    Optional<HashSource> upper = uppers.of(shape);
    Optional<Integer> place =
        book.places(shape.root()).stream().filter(p -> has(p + first, p + last)).findFirst();
    if (first > last
        || !fits
        || upper.isEmpty()
        || place.isEmpty()
        || waiting.size() >= MAX_WAITING
        || same >= MAX_WAITING_PER_PEER) {
      refuse(peer, request);
      return;
    }
    waiting.add(new Job(peer, request, range, shape, upper.get(), place.get(), first, last));
    work();
  }

  private boolean has(int from, int to) {
    for (int i = from; i <= to; i++) {
      if (!have.test(i)) {
        return false;
      }
    }
    return true;
  }

  /** Answers what can be answered, and reads for what comes next. */
  private void work() {
    for (Iterator<Job> it = waiting.iterator(); it.hasNext(); ) {
      Job job = it.next();
      if (job.peer.isClosed()) {
        it.remove();
      } else if (job.isReady()) {
        it.remove();
        send(job.peer, job.request, job.range.answer(job.shape.height(), job));
      } else if (reads < MAX_READS) {
        job.read();
      }
    }
  }

  /** Lets go of hashes that nobody asked for lately. */
  void tick(long now) {
    leaves.expire(now);
    work();
  }

  private void send(Peer peer, Message.HashRequest request, Optional<byte[]> hashes) {
    if (hashes.isEmpty()) {
      refuse(peer, request);
      return;
    }
    Message answer =
        new Message.Hashes(
            request.piecesRoot(),
            request.baseLayer(),
            request.index(),
            request.length(),
            request.proofLayers(),
            ByteBuffer.wrap(hashes.get()));
    peer.spendUpload(MessageWriter.size(answer));
    peer.outbox().send(answer);
  }

  private static void refuse(Peer peer, Message.HashRequest request) {
    peer.outbox()
        .send(
            new Message.HashReject(
                request.piecesRoot(),
                request.baseLayer(),
                request.index(),
                request.length(),
                request.proofLayers()));
  }

  /** A request that needs pieces from the disk, and the nodes of its answer. */
  private final class Job implements HashSource, Storage.LeavesHandler {
    private final Peer peer;
    private final Message.HashRequest request;
    private final HashRange range;
    private final TreeShape shape;
    private final HashSource upper;
    private final int place;
    private final int last;
    private final Map<Integer, MerkleLayers> trees = new HashMap<>();
    private int next;
    private boolean reading;

    /** Needs pieces {@code first..last} of the file whose first piece is {@code place}. */
    Job(
        Peer peer,
        Message.HashRequest request,
        HashRange range,
        TreeShape shape,
        HashSource upper,
        int place,
        int first,
        int last) {
      this.peer = peer;
      this.request = request;
      this.range = range;
      this.shape = shape;
      this.upper = upper;
      this.place = place;
      this.next = first;
      this.last = last;
    }

    /** Whether it can be answered, or refused since nodes are missing. */
    boolean isReady() {
      while (!reading && next <= last) {
        Optional<MerkleLayers> tree = leaves.get(place + next);
        if (tree.isEmpty()) {
          return false;
        }
        trees.put(next++, tree.get());
      }
      return next > last;
    }

    void read() {
      if (!reading) {
        reading = true;
        reads++;
        storage.leaves(place + next, this);
      }
    }

    @Override
    public void onLeaves(byte[] all) {
      reading = false;
      reads--;
      MerkleLayers tree = MerkleLayers.of(all, 0, shape.pieceLevel());
      if (upper.hash(shape.pieceLevel(), next).filter(tree.root()::equals).isPresent()) {
        leaves.put(place + next, tree);
        trees.put(next++, tree);
      } else {
        next = last + 1; // The disk is damaged: what is not right is not sent.
      }
      work();
    }

    @Override
    public void onFault(Fault fault) {
      reading = false;
      reads--;
      next = last + 1; // Uploads tell of faults of the disk; here it is enough to refuse.
      work();
    }

    @Override
    public Optional<Hash> hash(int level, int index) {
      if (level >= shape.pieceLevel()) {
        return upper.hash(level, index);
      }
      int piece = index >> (shape.pieceLevel() - level);
      if (piece >= shape.pieces()) {
        return Optional.of(MerkleTree.pad(level));
      }
      return Optional.ofNullable(trees.get(piece))
          .flatMap(t -> t.hash(level, index - (piece << (shape.pieceLevel() - level))));
    }
  }
}
