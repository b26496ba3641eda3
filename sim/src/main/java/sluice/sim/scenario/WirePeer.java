package sluice.sim.scenario;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Net;
import sluice.engine.port.Pipe;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.FrameHandler;
import sluice.protocol.wire.Framer;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.HandshakeCodec;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.MessageWriter;
import sluice.protocol.wire.PeerId;

/**
 * A scripted peer that speaks the wire protocol and follows a {@link Script} instead of an engine:
 * for peers that lie, stall or break rules. It accepts and makes connections; each has a script of
 * its own.
 */
public final class WirePeer implements Net.ListenHandler {
  private final SimHost host;
  private final SimTorrent torrent;
  private final Factory factory;
  private final PeerId peerId;
  private boolean fast = true;
  private final List<Wire> wires = new ArrayList<>();

  /** Makes the script of one connection. */
  public interface Factory {
    /** The script for {@code wire}. */
    Script script(Wire wire);
  }

  /** What a peer does on one connection. */
  public interface Script {
    /** The handshakes are exchanged. */
    void onOpen();

    /** A message came. */
    void onMessage(Message message);

    /** A block came. */
    default void onBlock(int piece, int begin, int length) {}
  }

  /** A peer at {@code host} that follows the scripts of {@code factory}. */
  public WirePeer(SimHost host, SimTorrent torrent, Factory factory) {
    this.host = host;
    this.torrent = torrent;
    this.factory = factory;
    byte[] id = new byte[PeerId.BYTES];
    host.ports().entropy().fill(id);
    this.peerId = new PeerId(id);
  }

  /** Lets it speak neither BEP 6 nor BEP 10. */
  public WirePeer oldFashioned() {
    fast = false;
    return this;
  }

  /** Where it accepts connections. */
  public Endpoint endpoint() {
    return new Endpoint(host.setup().address(), EnginePeer.PORT);
  }

  /** Connections so far. */
  public List<Wire> wires() {
    return List.copyOf(wires);
  }

  /** Begins to accept connections. */
  public WirePeer listen() {
    host.loop().execute(() -> host.net().listen(endpoint(), this));
    return this;
  }

  /** Connects to {@code remote}, once. */
  public WirePeer dial(Endpoint remote) {
    Net.ConnectHandler handler =
        new Net.ConnectHandler() {
          @Override
          public void onConnected(Pipe pipe) {
            new Wire(pipe).open();
          }

          @Override
          public void onFault(Fault fault) {
            // The other side does not want it; the script has nothing to do.
          }
        };
    host.loop().execute(() -> host.net().connect(remote, 10_000_000_000L, handler));
    return this;
  }

  @Override
  public void onListening(Endpoint local, Net.Handle listener) {
    // It listens until the world ends.
  }

  @Override
  public void onAccept(Pipe pipe) {
    new Wire(pipe).open();
  }

  @Override
  public void onFault(Fault fault) {
    throw new IllegalStateException(fault.toString());
  }

  /** One connection of a scripted peer. */
  public final class Wire implements Pipe.Handler, FrameHandler {
    private final Pipe pipe;
    private final HandshakeCodec codec = new HandshakeCodec();
    private final Framer framer = new Framer();
    private Optional<Script> script = Optional.empty();
    private boolean closed;

    private Wire(Pipe pipe) {
      this.pipe = pipe;
      framer.layout(torrent.layout());
      wires.add(this);
    }

    private void open() {
      pipe.handler(this);
      Hash hash = torrent.metainfo().info().hashes().wire().getFirst();
      Handshake ours = new Handshake(fast, fast, false, false, hash, peerId);
      pipe.write(ByteBuffer.wrap(HandshakeCodec.encode(ours)));
      pipe.flush();
    }

    /** What is shared. */
    public SimTorrent torrent() {
      return torrent;
    }

    /** Whether BEP 6 may be used, as far as this side is concerned. */
    public boolean isFast() {
      return fast;
    }

    /** Whether the connection has ended. */
    public boolean isClosed() {
      return closed;
    }

    /** Sends {@code message}. */
    public void send(Message message) {
      ByteBuffer out = ByteBuffer.allocate(MessageWriter.size(message));
      MessageWriter.write(message, out);
      pipe.write(out.flip());
      pipe.flush();
    }

    /** Sends {@code bytes} as the block at {@code begin} of {@code piece}. */
    public void sendBlock(int piece, int begin, byte[] bytes) {
      ByteBuffer out = ByteBuffer.allocate(13 + bytes.length);
      MessageWriter.writeBlockHeader(piece, begin, bytes.length, out);
      pipe.write(out.put(bytes).flip());
      pipe.flush();
    }

    /** Sends {@code bytes}, whatever they are. */
    public void sendRaw(byte[] bytes) {
      pipe.write(ByteBuffer.wrap(bytes));
      pipe.flush();
    }

    /** Lets {@code action} happen after {@code delayNanos}, unless the connection has ended. */
    public void after(long delayNanos, Runnable action) {
      host.loop()
          .post(
              delayNanos,
              "script",
              () -> {
                if (!closed) {
                  action.run();
                }
              });
    }

    /** Reads nothing more, so that what is sent to this peer piles up. */
    public void stopReading() {
      pipe.reading(false);
    }

    /** Ends the connection. */
    public void close() {
      pipe.close();
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
      if (script.isEmpty()) {
        if (codec.feed(bytes).isEmpty()) {
          return;
        }
        Script opened = factory.script(this);
        script = Optional.of(opened);
        opened.onOpen();
      }
      framer.feed(bytes, this);
    }

    @Override
    public void onDrained() {
      // Scripts do not look at what is queued.
    }

    @Override
    public void onClosed(Fault fault) {
      closed = true;
      framer.stop();
    }

    @Override
    public void onMessage(Message message) {
      script.ifPresent(s -> s.onMessage(message));
    }

    @Override
    public @Nullable ByteBuffer beginBlock(int piece, int begin, int length) {
      return null;
    }

    @Override
    public void endBlock(int piece, int begin, int length) {
      script.ifPresent(s -> s.onBlock(piece, begin, length));
    }
  }
}
