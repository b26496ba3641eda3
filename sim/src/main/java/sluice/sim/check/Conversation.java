package sluice.sim.check;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.FrameHandler;
import sluice.protocol.wire.Framer;
import sluice.protocol.wire.HandshakeCodec;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.PieceSet;
import sluice.protocol.wire.ProtocolException;
import sluice.sim.net.StreamObserver;

/** What an engine and one of its peers have said to each other, and the rules for the engine. */
final class Conversation implements StreamObserver.Watch {
  private static final int MOST_REQUESTS = 1_000;

  private final WireWatch watch;
  private final Endpoint remote;
  private final Side engine = new Side(this::sentMessage, this::sentBlock);
  private final Side peer = new Side(this::receivedMessage, this::receivedBlock);
  private final Map<Bytes, Integer> askedByPeer = new LinkedHashMap<>();
  private final Set<Bytes> askedByEngine = new LinkedHashSet<>();
  private final Set<Integer> allowed = new LinkedHashSet<>();
  private final Set<Integer> disallowed = new LinkedHashSet<>();
  private final Set<Integer> told = new LinkedHashSet<>();
  private final PieceSet peerHas;
  private boolean unchoked;
  private boolean chokedByPeer = true;

  /** Whether the peer did not choke at some point of the delivery that the engine is taking in. */
  private boolean unchokedMeanwhile;

  private boolean interested;
  private boolean saidPieces;

  /** Whether the engine has sent its first bytes, which tell whether the stream can be read. */
  private boolean spoken;

  private int said;

  /** A range that is asked for. */
  private record Bytes(int piece, int begin, int length) {}

  Conversation(WireWatch watch, Endpoint remote) {
    this.watch = watch;
    this.remote = remote;
    this.peerHas = new PieceSet(watch.layout().pieceCount());
  }

  /** Whether the engine serves the peer. */
  boolean unchoked() {
    return unchoked;
  }

  @Override
  public void sent(ByteBuffer bytes) {
    if (!spoken && !HandshakeCodec.isPlain(bytes)) {
      engine.deaf = true; // It is encrypted.
      peer.deaf = true;
    }
    spoken = true;
    try {
      engine.feed(bytes);
    } catch (ProtocolException e) {
      rule(false, "sent nonsense: " + e.getMessage());
    }
  }

  @Override
  public void received(ByteBuffer bytes) {
    unchokedMeanwhile = !chokedByPeer;
    try {
      peer.feed(bytes);
    } catch (ProtocolException e) {
      peer.deaf = true;
    }
  }

  @Override
  public void delivered() {
    unchokedMeanwhile = false;
    disallowed.forEach(allowed::remove);
    disallowed.clear();
  }

  @Override
  public void closed() {
    watch.closed(this);
  }

  private void rule(boolean holds, String text) {
    watch.require(holds, remote, text);
  }

  private boolean fast() {
    return engine.fast && peer.fast;
  }

  private void sentMessage(Message message) {
    said++;
    switch (message) {
      case Message.Choke() -> {
        unchoked = false;
        if (!fast()) {
          askedByPeer.clear();
        }
      }
      case Message.Unchoke() -> unchoked = true;
      case Message.Interested() -> interested = true;
      case Message.NotInterested() -> interested = false;
      case Message.Have(int piece) -> tell(piece);
      case Message.Bitfield bits -> {
        sayPieces();
        PieceSet set = PieceSet.of(bits, peerHas.size());
        for (int i = set.nextSet(0); i >= 0; i = set.nextSet(i + 1)) {
          tell(i);
        }
      }
      case Message.HaveAll() -> {
        sayPieces();
        for (int i = 0; i < peerHas.size(); i++) {
          tell(i);
        }
      }
      case Message.HaveNone() -> sayPieces();
      case Message.Request(int piece, int begin, int length) ->
          ask(new Bytes(piece, begin, length));
      case Message.Cancel(int piece, int begin, int length) ->
          askedByEngine.remove(new Bytes(piece, begin, length));
      case Message.RejectRequest(int piece, int begin, int length) -> {
        rule(fast(), "rejects without BEP 6");
        rule(answer(new Bytes(piece, begin, length)), "rejects what was not asked for");
      }
      case Message.AllowedFast(int _) -> rule(fast(), "allows fast without BEP 6");
      case Message.KeepAlive() -> {}
      case Message.Port(int _) -> {}
      case Message.SuggestPiece(int _) -> rule(fast(), "suggests without BEP 6");
      case Message.Extended(int _, ByteBuffer _) -> {}
      case Message.HashRequest _, Message.Hashes _, Message.HashReject _ -> {}
      case Message.Unknown(int id) -> rule(false, "sent unknown message " + id);
    }
  }

  private void sayPieces() {
    rule(!saidPieces && said == 1, "told its pieces too late or twice");
    saidPieces = true;
  }

  private void tell(int piece) {
    rule(told.add(piece), "told of piece " + piece + " twice");
    watch.told(piece, remote);
  }

  private void ask(Bytes bytes) {
    rule(peerHas.get(bytes.piece()), "asked for piece " + bytes.piece() + ", which is not there");
    rule(!told.contains(bytes.piece()), "asked for piece " + bytes.piece() + ", which it has");
    boolean may = !chokedByPeer || unchokedMeanwhile || allowed.contains(bytes.piece());
    rule(may, "asked while choked");
    rule(interested, "asked without interest");
    rule(askedByEngine.add(bytes), "asked twice for " + bytes);
    rule(askedByEngine.size() <= MOST_REQUESTS, "has too many requests open");
  }

  private boolean answer(Bytes bytes) {
    Integer left = askedByPeer.computeIfPresent(bytes, (k, n) -> n - 1);
    askedByPeer.remove(bytes, 0);
    return left != null;
  }

  private void sentBlock(int piece, int begin, int length) {
    rule(answer(new Bytes(piece, begin, length)), "sent what was not asked for: piece " + piece);
    rule(told.contains(piece), "sent piece " + piece + ", of which it did not tell");
    said++;
  }

  private void receivedMessage(Message message) {
    switch (message) {
      case Message.Choke() -> {
        chokedByPeer = true;
        if (!fast()) {
          askedByEngine.clear();
        }
      }
      case Message.Unchoke() -> {
        chokedByPeer = false;
        unchokedMeanwhile = true;
      }
      case Message.Have(int piece) -> peerHas.set(piece);
      case Message.HaveAll() -> peerHas.setAll();
      case Message.Bitfield bits -> {
        PieceSet set = PieceSet.of(bits, peerHas.size());
        for (int i = set.nextSet(0); i >= 0; i = set.nextSet(i + 1)) {
          peerHas.set(i);
        }
      }
      case Message.Request(int piece, int begin, int length) ->
          askedByPeer.merge(new Bytes(piece, begin, length), 1, Integer::sum);
      case Message.RejectRequest(int piece, int begin, int length) -> {
        askedByEngine.remove(new Bytes(piece, begin, length));
        disallowed.add(piece);
      }
      case Message.AllowedFast(int piece) -> {
        allowed.add(piece);
        disallowed.remove(piece);
      }
      case Message.Interested _, Message.NotInterested _, Message.HaveNone _ -> {}
      case Message.Cancel _, Message.KeepAlive _, Message.Port _ -> {}
      case Message.SuggestPiece _, Message.Extended _, Message.Unknown _ -> {}
      case Message.HashRequest _, Message.Hashes _, Message.HashReject _ -> {}
    }
  }

  private void receivedBlock(int piece, int begin, int length) {
    askedByEngine.remove(new Bytes(piece, begin, length));
  }

  /** Receives the messages of one side. */
  private interface Messages {
    void on(Message message);
  }

  /** Receives the blocks of one side. */
  private interface Blocks {
    void on(int piece, int begin, int length);
  }

  /** The bytes of one direction. */
  private final class Side implements FrameHandler {
    private final Messages messages;
    private final Blocks blocks;
    private final HandshakeCodec codec = new HandshakeCodec();
    private final Framer framer = new Framer();
    private boolean greeted;
    private boolean fast;
    private boolean deaf;

    Side(Messages messages, Blocks blocks) {
      this.messages = messages;
      this.blocks = blocks;
    }

    void feed(ByteBuffer bytes) {
      if (!greeted && !deaf) {
        codec
            .feed(bytes)
            .ifPresent(handshake -> {
              greeted = true;
              fast = handshake.fast();
              framer.layout(watch.layout());
            });
      }
      if (greeted && !deaf) {
        framer.feed(bytes, this);
      }
    }

    @Override
    public void onMessage(Message message) {
      messages.on(message);
    }

    @Override
    public @Nullable ByteBuffer beginBlock(int piece, int begin, int length) {
      blocks.on(piece, begin, length);
      return null;
    }

    @Override
    public void endBlock(int piece, int begin, int length) {
      // What counts is that the answer began: its piece may fail and be asked for again meanwhile.
    }
  }
}
