package sluice.engine.fake;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import sluice.protocol.wire.FrameHandler;
import sluice.protocol.wire.Framer;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.HandshakeCodec;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.MessageWriter;

/** The far end of a {@link FakePipe} after the handshake: says messages and hears them. */
public final class FarPeer {
  private final FakePipe pipe;
  private final Framer framer = new Framer();
  private final List<Message> heard = new ArrayList<>();
  private final List<Piece> blocks = new ArrayList<>();
  private final Heard reader = new Heard();

  /** A block that was received. */
  public record Piece(int piece, int begin, byte[] data) {}

  public FarPeer(FakePipe pipe) {
    this.pipe = pipe;
  }

  public FakePipe pipe() {
    return pipe;
  }

  /** Takes our handshake off what was received; messages may follow it. */
  public Handshake hearHandshake() {
    ByteBuffer bytes = ByteBuffer.wrap(pipe.take());
    Handshake handshake = new HandshakeCodec().feed(bytes).orElseThrow();
    framer.feed(bytes, reader);
    return handshake;
  }

  /** Sends all of {@code messages} in one delivery. */
  public void say(Message... messages) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Message message : messages) {
      out.writeBytes(bytes(message));
    }
    pipe.deliver(out.toByteArray());
  }

  /** Sends a block. */
  public void sayBlock(int piece, int begin, byte[] data) {
    pipe.deliver(blockBytes(piece, begin, data));
  }

  /** The bytes of a block with its header. */
  public static byte[] blockBytes(int piece, int begin, byte[] data) {
    ByteBuffer out = ByteBuffer.allocate(data.length + 64);
    MessageWriter.writeBlockHeader(piece, begin, data.length, out);
    out.put(data).flip();
    byte[] bytes = new byte[out.remaining()];
    out.get(bytes);
    return bytes;
  }

  /** The bytes of {@code message}. */
  public static byte[] bytes(Message message) {
    ByteBuffer out = ByteBuffer.allocate(MessageWriter.size(message));
    MessageWriter.write(message, out);
    return out.array();
  }

  /** The messages other than blocks that came since the last call of this method. */
  public List<Message> heard() {
    read();
    List<Message> all = List.copyOf(heard);
    heard.clear();
    return all;
  }

  /** Those of {@link #heard} that are of one kind; the others are forgotten. */
  public <M extends Message> List<M> heard(Class<M> kind) {
    return heard().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The blocks that came since the last call. */
  public List<Piece> blocks() {
    read();
    List<Piece> all = List.copyOf(blocks);
    blocks.clear();
    return all;
  }

  private void read() {
    framer.feed(ByteBuffer.wrap(pipe.take()), reader);
  }

  private final class Heard implements FrameHandler {
    private byte[] data = new byte[0];

    @Override
    public void onMessage(Message message) {
      heard.add(message instanceof Message.Extended e ? copy(e) : message);
    }

    private static Message copy(Message.Extended message) {
      byte[] bytes = new byte[message.payload().remaining()];
      message.payload().get(bytes);
      return new Message.Extended(message.id(), ByteBuffer.wrap(bytes));
    }

    @Override
    public ByteBuffer beginBlock(int piece, int begin, int length) {
      data = new byte[length];
      return ByteBuffer.wrap(data);
    }

    @Override
    public void endBlock(int piece, int begin, int length) {
      blocks.add(new Piece(piece, begin, data));
    }
  }
}
