package sluice.interop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sluice.market.money.Price;
import sluice.market.wire.PayCodec;
import sluice.market.wire.PayMessage;
import sluice.market.wire.PayOffer;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.wire.ExtensionHandshake;
import sluice.protocol.wire.ExtensionHandshakeCodec;
import sluice.protocol.wire.FrameHandler;
import sluice.protocol.wire.Framer;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.HandshakeCodec;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.MessageWriter;
import sluice.protocol.wire.PeerId;

/**
 * A connection with a running program that says what the test wants. It comes from an address of
 * loopback of its choice, so that each may be of a network of its own. One thread.
 */
final class RogueWire implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int QUEUE = 250;
  private static final int ID = 7;

  private final Socket socket = new Socket();
  private final Framer framer = new Framer();
  private final HandshakeCodec codec = new HandshakeCodec();
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
  private final Deque<Heard> heard = new ArrayDeque<>();
  private boolean greeted;
  private int theirs;

  /** What comes. */
  sealed interface Heard {
    /** A message of the wire protocol. */
    record Wire(Message message) implements Heard {}

    /** A message of the market. */
    record Market(PayMessage message) implements Heard {}

    /** A block. */
    record Block(int length) implements Heard {}
  }

  private RogueWire(Metainfo torrent) {
    framer.layout(torrent.info().layout());
  }

  /** Connects from {@code 127.0.network.1} to a program, and says what it offers. */
  static RogueWire connect(int network, int port, Metainfo torrent, PayOffer offer)
      throws IOException {
    RogueWire wire = new RogueWire(torrent);
    wire.socket.bind(new InetSocketAddress("127.0." + network + ".1", 0));
    wire.socket.connect(new InetSocketAddress(Job.LOOPBACK, port));
    wire.socket.setTcpNoDelay(true);
    byte[] id = new byte[PeerId.BYTES];
    id[0] = (byte) network;
    id[1] = (byte) wire.socket.getLocalPort();
    id[2] = (byte) (wire.socket.getLocalPort() >> Byte.SIZE);
    wire.socket
        .getOutputStream()
        .write(
            HandshakeCodec.encode(
                new Handshake(
                    true,
                    true,
                    false,
                    false,
                    torrent.info().hashes().wire().getFirst(),
                    new PeerId(id))));
    wire.send(greeting(offer));
    return wire;
  }

  private static Message greeting(PayOffer offer) {
    ExtensionHandshake told =
        new ExtensionHandshake.Draft()
            .ids(Map.of(PayOffer.NAME, ID))
            .requestQueue(QUEUE)
            .handshake();
    byte[] payload =
        ExtensionHandshakeCodec.encode(
            told, new TreeMap<>(Collections.singletonMap(PayOffer.NAME, offer.encode())));
    return new Message.Extended(0, ByteBuffer.wrap(payload));
  }

  void send(Message message) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(MessageWriter.size(message));
    MessageWriter.write(message, out);
    socket.getOutputStream().write(out.array());
  }

  void say(PayMessage message) throws IOException {
    send(new Message.Extended(theirs, ByteBuffer.wrap(PayCodec.encode(message))));
  }

  void sendBlock(int piece, int begin, byte[] bytes) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(13 + bytes.length);
    MessageWriter.writeBlockHeader(piece, begin, bytes.length, out);
    socket.getOutputStream().write(out.put(bytes).array());
  }

  /** What comes next; empty when the other side has closed, or says nothing for so long. */
  Optional<Heard> next(int patienceMillis) throws IOException {
    socket.setSoTimeout(patienceMillis);
    while (heard.isEmpty()) {
      int count;
      try {
        count = socket.getInputStream().read(in.array());
      } catch (SocketTimeoutException silence) {
        return Optional.empty();
      }
      if (count < 0) {
        return Optional.empty();
      }
      ByteBuffer bytes = ByteBuffer.wrap(in.array(), 0, count);
      if (!greeted) {
        greeted = codec.feed(bytes).isPresent();
      }
      if (greeted) {
        framer.feed(bytes, new Ear());
      }
    }
    return Optional.of(heard.removeFirst());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private final class Ear implements FrameHandler {
    @Override
    public void onMessage(Message message) {
      switch (message) {
        case Message.Extended(int id, ByteBuffer payload) when id == 0 ->
            theirs =
                ExtensionHandshakeCodec.decode(payload).ids().getOrDefault(PayOffer.NAME, theirs);
        case Message.Extended(int id, ByteBuffer payload) when id == ID ->
            heard.add(new Heard.Market(PayCodec.decode(payload)));
        case Message.Extended other -> {}
        case Message.Bitfield(ByteBuffer bits) -> {}
        default -> heard.add(new Heard.Wire(message));
      }
      if (message instanceof Message.Extended(int id, ByteBuffer payload) && id == 0) {
        heard.add(new Heard.Wire(new Message.KeepAlive())); // it is known what it speaks
      }
    }

    @Override
    public @Nullable ByteBuffer beginBlock(int piece, int begin, int length) {
      return null;
    }

    @Override
    public void endBlock(int piece, int begin, int length) {
      heard.add(new Heard.Block(length));
    }
  }

  /** What a payer, or a seller, tells of itself. */
  static PayOffer offer(String asset, Hash hub, long floor, boolean sells) {
    return new PayOffer(
        List.of(asset),
        sells ? Optional.of(new Price(floor)) : Optional.empty(),
        List.of(hub),
        sells ? PayOffer.SELLS : PayOffer.PAYS,
        sells ? 1 << 20 : 0);
  }
}
