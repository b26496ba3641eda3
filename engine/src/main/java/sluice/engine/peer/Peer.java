package sluice.engine.peer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Pipe;
import sluice.engine.port.Storage.Slice;
import sluice.engine.rate.Meter;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.PieceSet;

/**
 * One connected peer: what both sides said about choking, interest and pieces, and the requests
 * both ways. Loop only.
 */
public final class Peer {
  private static final long ANYTHING = -1;

  private final int key;
  private final Pipe pipe;
  private final Handshake handshake;
  private final boolean incoming;
  private final PeerContext context;
  private final PeerListener listener;
  private final Outbox outbox;
  private final Requests requests;
  private final Uploads uploads;
  private final PieceSet pieces;
  private final FastPieces fast = new FastPieces();
  private final Meter down;
  private final Meter up;
  private final long connectedNanos;
  private final Patience patience;
  private final Inflow inflow;
  private final Slot slot;
  private boolean chokingUs = true;
  private boolean chokedByUs = true;
  private boolean interestedInUs;
  private boolean interesting;
  private boolean closed;
  private int wanted;
  private long nothingIn = ANYTHING;
  private Capabilities capabilities = Capabilities.UNKNOWN;
  private @Nullable Arrival arrival;

  /** A peer whose handshake was received on {@code pipe}. {@code key} is unique in the session. */
  public Peer(
      int key,
      Pipe pipe,
      Handshake handshake,
      boolean incoming,
      PeerContext context,
      PeerListener listener) {
    this.key = key;
    this.pipe = pipe;
    this.handshake = handshake;
    this.incoming = incoming;
    this.context = context;
    this.listener = listener;
    this.outbox = new Outbox(context, pipe);
    this.connectedNanos = context.loop().now();
    this.slot = new Slot(connectedNanos);
    this.patience = new Patience(connectedNanos);
    this.inflow = new Inflow(pipe, context.down(), patience, connectedNanos);
    this.down = new Meter(connectedNanos);
    this.up = new Meter(connectedNanos);
    this.requests = new Requests(connectedNanos);
    this.uploads = new Uploads(this, context);
    this.pieces = new PieceSet(context.layout().pieceCount());
  }

  public int key() {
    return key;
  }

  public Endpoint endpoint() {
    return pipe.remote();
  }

  /** Whether it is connected by uTP. */
  public boolean byUtp() {
    return pipe.byDatagrams();
  }

  public Handshake handshake() {
    return handshake;
  }

  /** Whether the peer connected to us. */
  public boolean incoming() {
    return incoming;
  }

  public Outbox outbox() {
    return outbox;
  }

  public Requests requests() {
    return requests;
  }

  /** The peer got {@code piece}; false if it had it. */
  boolean has(int piece) {
    boolean fresh = pieces.set(piece);
    nothingIn = fresh ? ANYTHING : nothingIn;
    return fresh;
  }

  /** The peer lost {@code piece}; false if it did not have it. */
  boolean hasNot(int piece) {
    return pieces.clear(piece);
  }

  /** The pieces that the peer has; not to be changed by others. */
  public PieceSet pieces() {
    return pieces;
  }

  /** Whether the peer has everything. */
  public boolean isSeed() {
    return pieces.isFull();
  }

  /** Whether the peer wants nothing more, as a seed or a partial seed (BEP 21). */
  public boolean isUploadOnly() {
    return isSeed() || capabilities.uploadOnly();
  }

  public Meter down() {
    return down;
  }

  public Meter up() {
    return up;
  }

  public boolean chokingUs() {
    return chokingUs;
  }

  public boolean chokedByUs() {
    return chokedByUs;
  }

  public boolean interestedInUs() {
    return interestedInUs;
  }

  public boolean snubbed() {
    return patience.isSnubbed();
  }

  public boolean isClosed() {
    return closed;
  }

  public long connectedNanos() {
    return connectedNanos;
  }

  /** Its upload slot, or its wait for one. */
  public Slot slot() {
    return slot;
  }

  /** How long nothing came, the time during which we did not read left out. */
  public long silentNanos(long now) {
    return inflow.silentNanos(now);
  }

  /** The block that is arriving, or null. */
  public @Nullable Arrival arrival() {
    return arrival;
  }

  /** Sets the block that is arriving. */
  public void arrival(@Nullable Arrival arriving) {
    arrival = arriving;
  }

  /** What the peer told about itself (BEP 10). */
  public Capabilities capabilities() {
    return capabilities;
  }

  /** Whether {@code piece} can be asked for: the peer has it, and does not choke or allows it. */
  public boolean mayRequest(int piece) {
    return pieces.get(piece) && (!chokingUs || fast.allowsUs(piece));
  }

  /** Whether {@link #findsNothing} was said of the same, and no more may be requested since. */
  public boolean foundNothing(long candidates) {
    return nothingIn == candidates;
  }

  /** Remembers that a search among {@code candidates}, which names their state, was in vain. */
  public void findsNothing(long candidates) {
    nothingIn = candidates;
  }

  /** Whether anything at all can be asked for. */
  public boolean mayRequest() {
    boolean open = !closed && (!chokingUs || fast.allowsUs());
    return open && patience.mayAsk(context.loop().now());
  }

  /** Notes that the peer refused a request; if it does not choke us, it is left alone a while. */
  public void refused(long now) {
    if (!chokingUs) {
      patience.leaveAlone(now);
    }
  }

  /** Whether {@code piece} may be asked for while the peer chokes us. */
  public boolean isAllowed(int piece) {
    return fast.allowsUs(piece);
  }

  /** Pieces that the peer suggests to ask for (BEP 6), latest first; a bounded number. */
  public Iterable<Integer> suggestions() {
    return fast.suggested();
  }

  /** Lets the peer ask for {@code piece} while we choke it (BEP 6). */
  public void offerFast(int piece) {
    if (handshake.fast() && fast.offer(piece)) {
      outbox.send(new Message.AllowedFast(piece));
    }
  }

  /** Changes by {@code change} how many of the peer's pieces we want, and tells the peer. */
  public void wantedChanged(int change) {
    wanted += change;
    assert wanted >= 0;
    boolean now = wanted > 0;
    if (now != interesting && !closed) {
      interesting = now;
      outbox.send(now ? new Message.Interested() : new Message.NotInterested());
    }
  }

  /** Sets how many of the peer's pieces we want, and tells the peer if its interest changes. */
  public void wanted(int pieces) {
    wantedChanged(pieces - wanted);
  }

  /** Whether we want something of the peer. */
  public boolean interesting() {
    return interesting;
  }

  /** Serves the peer's requests from here on. */
  public void unchoke() {
    if (chokedByUs && !closed) {
      chokedByUs = false;
      slot.changed(context.loop().now());
      outbox.send(new Message.Unchoke());
    }
  }

  /** Stops serving the peer, and refuses what it asked for. */
  public void choke() {
    if (!chokedByUs && !closed) {
      chokedByUs = true;
      slot.changed(context.loop().now());
      outbox.send(new Message.Choke());
      uploads.clear(fast::isOffered).forEach(this::reject);
    }
  }

  /** Goes on with uploads and downloads that waited for a rate limit, memory or the pipe. */
  public void pump() {
    if (closed) {
      return;
    }
    uploads.pump();
    inflow.resume(context.loop().now());
  }

  /**
   * Once a second. True if we have waited {@code snubNanos} for a block: others are to be asked.
   */
  public boolean tick(long now, long snubNanos) {
    requests.adapt(now);
    boolean waiting = !inflow.isPaused() && (requests.size() > 0 || arrival != null);
    if (!waiting || !patience.ends(now, snubNanos)) {
      return false;
    }
    requests.collapse();
    return true;
  }

  /** Closes the connection; {@link PeerListener#onClosed} follows, later. */
  public void close() {
    pipe.close();
  }

  Pipe pipe() {
    return pipe;
  }

  PeerListener listener() {
    return listener;
  }

  Uploads uploads() {
    return uploads;
  }

  void received(int bytes, long now) {
    inflow.received(bytes, now);
  }

  void pauseIfSpent(long now) {
    if (!closed) {
      inflow.pauseIfSpent(now);
    }
  }

  /** Counts a block that has arrived. */
  public void receivedBlock(Requests.Open request, int bytes, long now) {
    patience.block(now);
    down.add(bytes, now);
    requests.arrived(request, bytes, now);
  }

  /** Notes that requests were sent after a silence, so that the silence is no snub. */
  public void requested(int piece, int block, long now) {
    if (requests.size() == 0 && arrival == null) {
      patience.begin(now);
    }
    requests.sent(piece, block, now);
  }

  /** Bytes of blocks that are being read for the peer, and will be sent. */
  public long leavingBytes() {
    return uploads.readingBytes();
  }

  /** How much of the bandwidth is not sold, if the peer pays for its slot. */
  public void sold(int freePermille) {
    context.up().sold(freePermille);
  }

  /** Bytes that the upload limits let go at once. */
  public long uploadAllowance() {
    return context.up().available(context.loop().now());
  }

  /** Charges the upload limits. */
  public void spendUpload(long bytes) {
    context.up().take(bytes, context.loop().now());
  }

  void sent(int bytes) {
    up.add(bytes, context.loop().now());
    listener.onSent(this, bytes);
  }

  void chokingUs(boolean choking) {
    chokingUs = choking;
    nothingIn = choking ? nothingIn : ANYTHING;
  }

  void interestedInUs(boolean interested) {
    interestedInUs = interested;
  }

  /** Whether requests for {@code piece} are served: the peer is unchoked, or the piece allowed. */
  boolean serves(int piece) {
    return !chokedByUs || fast.isOffered(piece);
  }

  void allow(int piece) {
    if (fast.allow(piece)) {
      nothingIn = ANYTHING;
    }
  }

  FastPieces fast() {
    return fast;
  }

  void capabilities(Capabilities told) {
    capabilities = told;
    requests.peerLimit(told.requestLimit());
  }

  void reject(Slice slice) {
    if (handshake.fast()) {
      outbox.send(new Message.RejectRequest(slice.piece(), slice.begin(), slice.length()));
    }
  }

  List<Slice> closed() {
    closed = true;
    return uploads.clear(piece -> false);
  }
}
