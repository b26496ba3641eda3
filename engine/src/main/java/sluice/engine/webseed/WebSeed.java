package sluice.engine.webseed;

import java.net.URI;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sluice.engine.peer.Sender;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.PieceLayout;

/** What is known of one web seed: what it has, how fast it is, when it may be asked. Loop only. */
final class WebSeed {
  /** Most bytes, and fewest, that are asked for at a time; a piece is asked for whole. */
  private static final int MAX_RUN_BYTES = 64 << 20;

  private static final int MIN_RUN_BYTES = 1 << 20;

  /** A run should take a time between these. */
  private static final long SHORT_NANOS = 2_000_000_000L;

  private static final long LONG_NANOS = 8_000_000_000L;

  /** Wait after a first failure; it doubles with each that follows. */
  private static final long RETRY_NANOS = 5_000_000_000L;

  private static final int MAX_DOUBLINGS = 7;

  /** Most redirects that are remembered. */
  private static final int MAX_REDIRECTS = 1_000;

  private final String base;
  private final Info info;
  private final Sender sender;

  /** Pieces with bytes of a file that the server lacks. */
  private final BitSet lacking = new BitSet();

  private final BitSet lackingFiles = new BitSet();
  private final Map<Integer, Place> moved = new LinkedHashMap<>();
  private int runBytes = 2 * MIN_RUN_BYTES;
  private int failures;
  private boolean dropped;
  private boolean waiting;
  private long retryNanos;

  /** Where a file is; {@code publicOnly} if a public host has said so. */
  record Place(URI uri, boolean publicOnly) {}

  WebSeed(String base, Info info) {
    this.base = base;
    this.info = info;
    this.sender = new Sender.Web(base);
  }

  Sender sender() {
    return sender;
  }

  /** The URL for people: without user info. */
  String shown() {
    return base.replaceFirst("//[^/@?#]*@", "//");
  }

  /** Whether it may be asked for anything. */
  boolean mayAsk(long now) {
    return !dropped && (!waiting || now - retryNanos >= 0);
  }

  boolean has(int piece) {
    return !lacking.get(piece);
  }

  boolean isDropped() {
    return dropped;
  }

  void drop() {
    dropped = true;
  }

  /** Pieces to ask for at a time. */
  int maxPieces() {
    return Math.max(1, runBytes / info.layout().pieceLength());
  }

  /** A run of the full length came in {@code nanos}. */
  void ran(long nanos) {
    if (nanos < SHORT_NANOS) {
      runBytes = Math.min(2 * runBytes, MAX_RUN_BYTES);
    } else if (nanos > LONG_NANOS) {
      runBytes = Math.max(runBytes / 2, MIN_RUN_BYTES);
    }
  }

  /** Bytes came. */
  void works() {
    failures = 0;
    waiting = false;
  }

  /** It did not answer well; whether that is worth a word, being the first in a row. */
  boolean failed(long now) {
    long wait = RETRY_NANOS << Math.min(failures, MAX_DOUBLINGS);
    failures++;
    wait(now, wait);
    return failures == 1;
  }

  /** It asked to wait. */
  void wait(long now, long nanos) {
    boolean later = !waiting || now + nanos - retryNanos > 0;
    retryNanos = later ? now + nanos : retryNanos;
    waiting = true;
  }

  /** It has not got {@code file} as it should be; whether nothing is left. */
  boolean lacks(int file) {
    FileEntry entry = info.files().get(file);
    PieceLayout layout = info.layout();
    lackingFiles.set(file);
    lacking.set(layout.firstPiece(entry), layout.lastPiece(entry) + 1);
    moved.remove(file);
    return lacking.nextClearBit(0) >= layout.pieceCount();
  }

  /** Whether {@link #lacks} was said of it. */
  boolean isLacking(int file) {
    return lackingFiles.get(file);
  }

  /** Where {@code file} is; empty if that is no URL. */
  Optional<Place> place(int file) {
    Place known = moved.get(file);
    return known != null
        ? Optional.of(known)
        : FileUrls.of(base, info, info.files().get(file)).map(uri -> new Place(uri, false));
  }

  /** The server says that {@code file} is at {@code place}. */
  void moved(int file, Place place) {
    if (moved.size() < MAX_REDIRECTS || moved.containsKey(file)) {
      moved.put(file, place);
    }
  }

  /** Forgets where {@code file} was said to be; false if nothing was. */
  boolean movedBack(int file) {
    return moved.remove(file) != null;
  }
}
