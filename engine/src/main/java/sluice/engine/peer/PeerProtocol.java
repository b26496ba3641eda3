package sluice.engine.peer;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sluice.engine.count.Ending;
import sluice.engine.port.Fault;
import sluice.engine.port.Pipe;
import sluice.engine.port.Storage.Slice;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.FrameHandler;
import sluice.protocol.wire.Framer;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.PieceSet;
import sluice.protocol.wire.ProtocolException;
import sluice.protocol.wire.Violation;

/**
 * Turns the bytes of one peer into changes of its {@link Peer} and calls to its {@link
 * PeerListener}, and enforces the protocol (BEP 3, 6, 10, 52). Loop only.
 */
public final class PeerProtocol implements Pipe.Handler, FrameHandler {
  /** What may arrive after it was withdrawn or in spite of a choke, before it is a flood. */
  private static final long MAX_SKIPPED_BYTES = 4L * Requests.MAX_WINDOW * PieceLayout.BLOCK;

  private final Peer peer;
  private final PeerContext context;
  private final PeerListener listener;
  private final Framer framer = new Framer();
  private final Extensions extensions;
  private boolean piecesTold;
  private boolean anyMessage;
  private long skippedBytes;
  private boolean skipping;
  private @Nullable Fault broken;

  private PeerProtocol(Peer peer, PeerContext context, Extensions extensions) {
    this.peer = peer;
    this.context = context;
    this.listener = peer.listener();
    this.extensions = extensions;
    framer.layout(context.layout());
  }

  /**
   * Takes over the pipe of {@code peer} and processes what came behind the handshake.
   *
   * @param rest received bytes that were not part of the handshake
   */
  public static void attach(
      Peer peer, PeerContext context, Extensions extensions, ByteBuffer rest) {
    PeerProtocol protocol = new PeerProtocol(peer, context, extensions);
    peer.pipe().handler(protocol);
    if (rest.hasRemaining()) {
      protocol.onBytes(rest);
    }
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    long now = context.loop().now();
    peer.received(bytes.remaining(), now);
    context.counts().received(bytes.remaining());
    try {
      framer.feed(bytes, this);
      listener.onTurnEnd(peer);
      peer.pump();
    } catch (ProtocolException e) {
      fail(Objects.requireNonNullElse(e.getMessage(), e.violation().name()));
    } catch (RuntimeException e) {
      fail("internal error");
      listener.onBug(e);
    }
    peer.pauseIfSpent(now);
  }

  @Override
  public void onDrained() {
    peer.pump();
  }

  @Override
  public void onClosed(Fault fault) {
    framer.stop();
    peer.closed();
    Fault why = broken == null ? fault : broken;
    context.counts().ended(Ending.of(why));
    listener.onClosed(peer, why.detail());
  }

  @Override
  public void onMessage(Message message) {
    switch (message) {
      case Message.KeepAlive k -> {}
      case Message.Choke c -> choke();
      case Message.Unchoke u -> {
        peer.chokingUs(false);
        listener.onMayRequest(peer);
      }
      case Message.Interested i -> interest(true);
      case Message.NotInterested n -> interest(false);
      case Message.Have have -> have(have.piece());
      case Message.Bitfield bits -> bitfield(PieceSet.of(bits, context.layout().pieceCount()));
      case Message.HaveAll h -> allOrNone("have all", PieceSet.full(context.layout().pieceCount()));
      case Message.HaveNone h ->
          allOrNone("have none", new PieceSet(context.layout().pieceCount()));
      case Message.Request r -> request(new Slice(r.piece(), r.begin(), r.length()));
      case Message.Cancel c -> cancel(new Slice(c.piece(), c.begin(), c.length()));
      case Message.RejectRequest r -> {
        requireFast("reject");
        peer.fast().disallow(r.piece());
        listener.onRejected(peer, r.piece(), r.begin());
      }
      case Message.AllowedFast allowed -> allowed(allowed.piece());
      case Message.SuggestPiece s -> {
        requireFast("suggest");
        peer.fast().suggest(s.piece());
      }
      case Message.Port(int port) -> extensions.onPort(peer, port);
      case Message.Extended e -> extensions.onMessage(peer, e);
      case Message.HashRequest h -> listener.onHashMessage(peer, h);
      case Message.Hashes h -> listener.onHashMessage(peer, h);
      case Message.HashReject h -> listener.onHashMessage(peer, h);
      case Message.Unknown u -> {}
    }
    if (!(message instanceof Message.Extended || message instanceof Message.KeepAlive)) {
      anyMessage = true;
    }
  }

  @Override
  public @Nullable ByteBuffer beginBlock(int piece, int begin, int length) {
    ByteBuffer target = listener.onBlockStart(peer, piece, begin, length);
    skipping = target == null;
    if (skipping) {
      skippedBytes += length;
      if (skippedBytes > MAX_SKIPPED_BYTES) {
        throw new ProtocolException(Violation.UNREQUESTED_BLOCK, "piece " + piece);
      }
    }
    return target;
  }

  @Override
  public void endBlock(int piece, int begin, int length) {
    if (skipping) {
      skipping = false;
    } else {
      skippedBytes = Math.max(0, skippedBytes - length);
    }
    anyMessage = true;
    context.counts().receivedPayload(length);
    listener.onBlockEnd(peer, piece, begin, length);
  }

  private void choke() {
    if (!peer.chokingUs()) {
      peer.chokingUs(true);
      listener.onChoked(peer);
    }
  }

  private void interest(boolean interested) {
    if (peer.interestedInUs() != interested) {
      peer.interestedInUs(interested);
      listener.onInterest(peer);
    }
  }

  private void have(int piece) {
    if (peer.has(piece)) {
      listener.onHave(peer, piece);
    }
  }

  /**
   * A bitfield is normally the first message. aria2 also sends one later, in place of many haves.
   */
  private void bitfield(PieceSet told) {
    if (piecesTold || anyMessage) {
      for (int i = told.nextSet(0); i >= 0; i = told.nextSet(i + 1)) {
        have(i);
      }
    } else {
      pieces(told);
    }
  }

  /** These two are the first message or none: five bytes must not cause work for each piece. */
  private void allOrNone(String what, PieceSet told) {
    requireFast(what);
    if (piecesTold || anyMessage) {
      throw new ProtocolException(Violation.BAD_BITFIELD, "late " + what);
    }
    pieces(told);
  }

  private void pieces(PieceSet told) {
    piecesTold = true;
    if (told.isFull()) {
      peer.pieces().setAll();
    } else {
      for (int i = told.nextSet(0); i >= 0; i = told.nextSet(i + 1)) {
        peer.has(i);
      }
    }
    listener.onPieces(peer);
  }

  private void allowed(int piece) {
    requireFast("allowed fast");
    peer.allow(piece);
    listener.onMayRequest(peer);
  }

  private void request(Slice slice) {
    if (!context.layout().isRequest(slice.piece(), slice.begin(), slice.length())) {
      throw new ProtocolException(Violation.BAD_REQUEST, slice.toString());
    }
    if (!peer.serves(slice.piece()) || !listener.canServe(peer, slice.piece())) {
      peer.reject(slice);
      return;
    }
    if (peer.uploads().size() >= Uploads.MAX_QUEUED) {
      if (!peer.handshake().fast()) {
        throw new ProtocolException(Violation.TOO_MANY_REQUESTS, "queue full");
      }
      peer.reject(slice);
      return;
    }
    peer.uploads().add(slice);
    peer.outbox().asked();
  }

  private void cancel(Slice slice) {
    if (peer.uploads().cancel(slice)) {
      peer.reject(slice);
    } else if (peer.uploads().isFloodOfCancels()) {
      throw new ProtocolException(Violation.TOO_MANY_REQUESTS, "cancels without requests");
    }
  }

  private void requireFast(String what) {
    if (!peer.handshake().fast()) {
      throw new ProtocolException(Violation.FAST_NOT_NEGOTIATED, what);
    }
  }

  private void fail(String reason) {
    broken = new Fault(Fault.Kind.BAD_ANSWER, reason);
    framer.stop();
    peer.close();
  }
}
