package sluice.engine.hash;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import sluice.engine.peer.Peer;
import sluice.engine.port.Entropy;
import sluice.protocol.digest.Hash;

/**
 * Gets the piece layers that are missing from peers, range by range, each proved up to the pieces
 * root. A range that is not answered at once is asked of a second and a third peer. Loop only.
 */
final class HashFetch {
  /** Ranges that are asked for at a time. */
  static final int MAX_RANGES = 8;

  /** Peers that one range is asked of at a time. */
  static final int MAX_COPIES = 3;

  private static final long PATIENCE_NANOS = 2_000_000_000L;

  private final HashBook book;
  private final HashAsks asks;
  private final Entropy entropy;
  private final Consumer<BitSet> known;
  private final Map<Wanted, Progress> underWay = new HashMap<>();

  private record Wanted(Hash root, int range) {}

  /** How often a range is being asked for, and since when. */
  private static final class Progress {
    int copies;
    long askedNanos;
  }

  /** {@code known} is told which pieces' hashes have come. */
  HashFetch(HashBook book, HashAsks asks, Entropy entropy, Consumer<BitSet> known) {
    this.book = book;
    this.asks = asks;
    this.entropy = entropy;
    this.known = known;
  }

  /** Asks for what is missing as far as peers can be asked. */
  void fill(List<Peer> peers, long now) {
    if (book.isComplete()) {
      return;
    }
    for (Layer layer : book.incompleteLayers()) {
      for (int range = 0; range < layer.rangeCount(); range++) {
        if (!layer.hasRange(range) && !ask(layer, range, peers, now)) {
          return;
        }
      }
    }
  }

  /** False if nothing more can be asked for. */
  private boolean ask(Layer layer, int range, List<Peer> peers, long now) {
    Wanted wanted = new Wanted(layer.shape().root(), range);
    Progress progress = underWay.get(wanted);
    if (progress == null && underWay.size() >= MAX_RANGES) {
      return false;
    }
    boolean waits =
        progress != null
            && (progress.copies >= MAX_COPIES || now - progress.askedNanos < PATIENCE_NANOS);
    if (waits) {
      return true;
    }
    TreeShape shape = layer.shape();
    HashAsks.Question question =
        new HashAsks.Question(shape.root(), layer.request(range), shape.height(), shape.root());
    List<Peer> able = new ArrayList<>();
    for (Peer peer : peers) {
      if (asks.mayAsk(peer, now) && !asks.isAsked(peer, question)) {
        able.add(peer);
      }
    }
    if (able.isEmpty() || !asks.hasRoom()) {
      return progress != null && asks.hasRoom();
    }
    Progress asked = underWay.computeIfAbsent(wanted, w -> new Progress());
    asked.copies++;
    asked.askedNanos = now;
    Peer peer = able.get(entropy.nextInt(able.size()));
    asks.ask(peer, question, now, new Arrival(layer, range, wanted, asked));
    return true;
  }

  /** What becomes of one range. */
  private final class Arrival implements HashAsks.Outcome {
    private final Layer layer;
    private final int range;
    private final Wanted wanted;
    private final Progress progress;

    Arrival(Layer layer, int range, Wanted wanted, Progress progress) {
      this.layer = layer;
      this.range = range;
      this.wanted = wanted;
      this.progress = progress;
    }

    @Override
    public void onHashes(byte[] hashes) {
      over();
      if (!layer.hasRange(range)) {
        known.accept(book.put(layer, range, hashes));
      }
    }

    @Override
    public void onNothing() {
      over();
    }

    private void over() {
      if (--progress.copies == 0) {
        underWay.remove(wanted);
      }
    }
  }
}
