package sluice.engine.peer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.protocol.metainfo.PieceLayout;

/**
 * The blocks that one peer was asked for and has not sent, and how many may be open at once. Loop
 * only.
 *
 * <p>The window follows the bandwidth-delay product: it grows by one with each block while that
 * raises the rate and blocks do not wait long (slow start), then holds what the measured rate needs
 * for {@link #MIN_QUEUE_NANOS} or twice the shortest response of the last seconds, whichever is
 * longer, {@link #MAX_QUEUE_NANOS} at the most.
 */
public final class Requests {
  /** Most open requests to one peer. */
  public static final int MAX_WINDOW = 512;

  private static final int START_WINDOW = 16;
  private static final int MIN_WINDOW = 4;
  private static final long MIN_QUEUE_NANOS = 500_000_000L;
  private static final long MAX_QUEUE_NANOS = 2_000_000_000L;

  /** Periods after which a short response begins to be forgotten: lines fill up. */
  private static final int MEMORY_PERIODS = 10;

  private static final long SECOND = 1_000_000_000L;
  private static final double GROWTH = 1.1;

  private final List<Open> open = new ArrayList<>();
  private @Nullable Lapsed lapsed;
  private int peerLimit = 250;
  private int window = START_WINDOW;
  private boolean slowStart = true;
  private long bytesThisPeriod;
  private long lastRate;
  private long minResponseNanos = Long.MAX_VALUE;
  private long minResponseBeforeNanos = Long.MAX_VALUE;
  private int periods;
  private long periodStart;

  Requests(long now) {
    periodStart = now;
  }

  /** A request that was sent. */
  public record Open(int piece, int block, long sentNanos) {}

  /** How many more may be sent. */
  public int room() {
    return Math.max(0, Math.min(window, Math.min(peerLimit, MAX_WINDOW)) - open.size());
  }

  /** Notes a request. */
  public void sent(int piece, int block, long now) {
    if (open.isEmpty()) {
      periodStart = now;
      bytesThisPeriod = 0;
    }
    open.add(new Open(piece, block, now));
  }

  /** Removes and gives the request for a block, or null if there is none. */
  public @Nullable Open remove(int piece, int block) {
    for (int i = 0; i < open.size(); i++) {
      Open request = open.get(i);
      if (request.piece() == piece && request.block() == block) {
        open.remove(i);
        return request;
      }
    }
    return null;
  }

  /** Takes back the request for a block; false if there is none. Its block may come in spite. */
  public boolean withdraw(int piece, int block) {
    boolean was = remove(piece, block) != null;
    if (was) {
      lapse(piece, block);
    }
    return was;
  }

  /** Notes that a block that was asked for is not wanted any more. */
  public void lapse(int piece, int block) {
    if (lapsed == null) {
      lapsed = new Lapsed();
    }
    lapsed.add(piece, block);
  }

  /** Whether the request for a block was taken back before it came; it is forgotten. */
  public boolean takeLapsed(int piece, int block) {
    return lapsed != null && lapsed.remove(piece, block);
  }

  /** Whether a block is asked for. */
  public boolean contains(int piece, int block) {
    for (Open request : open) {
      if (request.piece() == piece && request.block() == block) {
        return true;
      }
    }
    return false;
  }

  /** Learns from a block that arrived. */
  void arrived(Open request, int bytes, long now) {
    long response = Math.max(1, now - request.sentNanos());
    minResponseNanos = Math.min(minResponseNanos, response);
    bytesThisPeriod += bytes;
    if (slowStart && window < MAX_WINDOW && response < queueNanos()) {
      window++;
    }
  }

  /** Once a second: fits the window to the rate. */
  void adapt(long now) {
    long elapsed = now - periodStart;
    if (elapsed < SECOND || (open.isEmpty() && bytesThisPeriod == 0)) {
      return;
    }
    long rate = (long) (bytesThisPeriod * (double) SECOND / elapsed);
    if (slowStart && rate < lastRate * GROWTH) {
      slowStart = false;
    }
    if (!slowStart && bytesThisPeriod > 0) {
      double queued = queueNanos() / SECOND;
      int needed = (int) Math.min(MAX_WINDOW, rate * queued / PieceLayout.BLOCK + 1);
      window = Math.max(MIN_WINDOW, Math.max(needed, window - window / 4));
      slowStart = needed >= window && rate > lastRate * GROWTH;
    }
    lastRate = rate;
    bytesThisPeriod = 0;
    periodStart = now;
    if (++periods % MEMORY_PERIODS == 0) {
      minResponseBeforeNanos = minResponseNanos;
      minResponseNanos = Long.MAX_VALUE;
    }
  }

  /** For how long the peer should have something to do. */
  private double queueNanos() {
    double shortest = Math.min(minResponseNanos, minResponseBeforeNanos);
    return Math.clamp(2.0 * shortest, MIN_QUEUE_NANOS, MAX_QUEUE_NANOS);
  }

  /** The peer does not answer: asks for one block at a time until it does. */
  void collapse() {
    window = 1;
    slowStart = true;
    lastRate = 0;
    minResponseNanos = Long.MAX_VALUE;
    minResponseBeforeNanos = Long.MAX_VALUE;
  }

  /**
   * The peer takes at most {@code limit} open requests (BEP 10, {@code reqq}). One less is sent:
   * transmission 3 says 512 and refuses the 512th, which it tells up to ten seconds later.
   */
  void peerLimit(int limit) {
    peerLimit = Math.clamp(limit - 1L, 1, MAX_WINDOW);
  }

  /** Open requests, oldest first; a copy. */
  public List<Open> all() {
    return List.copyOf(open);
  }

  /** Forgets all open requests and gives them. */
  public List<Open> clear() {
    List<Open> all = List.copyOf(open);
    open.clear();
    return all;
  }

  /** Number of open requests. */
  public int size() {
    return open.size();
  }
}
