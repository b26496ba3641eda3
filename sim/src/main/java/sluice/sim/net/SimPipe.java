package sluice.sim.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Pipe;
import sluice.protocol.address.Endpoint;
import sluice.sim.world.SimWorld;

/**
 * One end of a simulated stream. Bytes leave in chunks of random size over the uplink, at most
 * {@link #WINDOW_BYTES} beyond what the other side has read, and arrive in order. Buffers are
 * overwritten after delivery, so that keeping them shows.
 */
final class SimPipe implements Pipe {
  static final int WINDOW_BYTES = 1 << 20;
  private static final int CHUNK_BYTES = 16_384;
  private static final int LOW_WATERMARK_BYTES = 32_768;
  private static final double FRAGMENTS = 0.1;
  private static final byte[] NOTHING = new byte[0];
  private static final byte POISON = (byte) 0xdb;

  private final SimNet net;
  private final SimNet other;
  private final SimWorld world;
  private final Endpoint local;
  private final Endpoint remote;
  private final SendQueue out = new SendQueue();
  private final ArrayDeque<byte[]> inbox = new ArrayDeque<>();
  private @Nullable SimPipe peer;
  private @Nullable Handler handler;
  private @Nullable Fault end;
  private StreamObserver.Watch watch = StreamObserver.Blind.WATCH;
  private boolean reading = true;
  private boolean closed;
  private boolean offered;
  private boolean farewell;
  private boolean wasHigh;
  private boolean windowShut;
  private boolean stalled;
  private int leaving;
  private int unread;
  private long lastArrival;

  SimPipe(SimNet net, SimNet other, Endpoint local, Endpoint remote) {
    this.net = net;
    this.other = other;
    this.world = net.network().world();
    this.local = local;
    this.remote = remote;
  }

  /** Makes {@code a} and {@code b} the ends of one open stream. */
  static void join(SimPipe a, SimPipe b) {
    a.peer = b;
    b.peer = a;
    a.watch = a.net.network().opened(a);
    b.watch = b.net.network().opened(b);
  }

  Endpoint local() {
    return local;
  }

  SimNet net() {
    return net;
  }

  private SimPipe peer() {
    SimPipe joined = peer;
    if (joined == null) {
      throw new IllegalStateException("not joined");
    }
    return joined;
  }

  @Override
  public Endpoint remote() {
    return remote;
  }

  @Override
  public void handler(Handler receiver) {
    net.loop().check();
    handler = receiver;
    wake();
  }

  @Override
  public void write(ByteBuffer bytes) {
    net.loop().check();
    if (!closed) {
      watch.sent(bytes.duplicate());
      out.add(bytes);
      noteHigh();
    }
  }

  @Override
  public void write(Block block, int offset, int length) {
    net.loop().check();
    if (closed) {
      block.release();
      return;
    }
    watch.sent(block.bytes().slice(offset, length));
    out.add(block, offset, length);
    noteHigh();
  }

  private void noteHigh() {
    wasHigh |= pending() >= LOW_WATERMARK_BYTES;
  }

  @Override
  public void flush() {
    net.loop().check();
    out.flush();
    offer();
  }

  @Override
  public long pending() {
    return out.bytes() + leaving;
  }

  @Override
  public void reading(boolean on) {
    net.loop().check();
    reading = on;
    if (on) {
      wake();
    }
  }

  private void wake() {
    if (!inbox.isEmpty() || end != null) {
      net.loop().post(0, "wake", this::drain);
    }
  }

  @Override
  public void close() {
    net.loop().check();
    if (!closed) {
      finish(new Fault(Fault.Kind.CANCELLED, "closed here"));
      farewell = true;
      sayFarewell();
    }
  }

  /** Both ends are told, bytes on the way are lost. */
  void abort(String why) {
    if (!closed) {
      finish(new Fault(Fault.Kind.CLOSED, why));
    }
    SimPipe there = peer();
    if (!there.closed) {
      there.finish(new Fault(Fault.Kind.CLOSED, why));
    }
  }

  /** The process of this end died. */
  void die(boolean silent) {
    closed = true;
    watch.closed();
    net.network().closed(this);
    if (!silent) {
      farewell = true;
      sayFarewell();
    }
  }

  private void finish(Fault fault) {
    closed = true;
    out.clear();
    inbox.clear();
    watch.closed();
    net.network().closed(this);
    net.loop().post(0, "closed", () -> tellClosed(fault));
  }

  private void tellClosed(Fault fault) {
    Handler receiver = handler;
    if (receiver != null) {
      handler = null;
      receiver.onClosed(fault);
    }
  }

  /** Tells the other end that this one is gone, behind all that is on the way. */
  private void sayFarewell() {
    if (!farewell || leaving > 0) {
      return;
    }
    if (!net.network().passes(local.address(), remote.address())) {
      stall();
      return;
    }
    farewell = false;
    SimPipe there = peer();
    other.loop().post(arrival(), "end", () -> there.ended(new Fault(Fault.Kind.CLOSED, "closed")));
  }

  private void ended(Fault fault) {
    if (!closed) {
      end = fault;
      drain();
    }
  }

  private void offer() {
    if (!offered && !closed && out.flushed() > 0) {
      offered = true;
      net.uplink().offer(this);
    }
  }

  /** What leaves next; empty when there is nothing or it cannot leave. */
  byte[] takeChunk() {
    offered = false;
    if (closed) {
      return NOTHING;
    }
    if (!net.network().passes(local.address(), remote.address())) {
      stall();
      return NOTHING;
    }
    int room = WINDOW_BYTES - unread;
    windowShut = room == 0;
    boolean fragment = net.network().chance().happens(FRAGMENTS);
    int most = fragment ? net.network().chance().between(1, CHUNK_BYTES) : CHUNK_BYTES;
    byte[] chunk = out.take(Math.min(room, most));
    leaving = chunk.length;
    unread += chunk.length;
    return chunk;
  }

  /** {@code chunk} has left the uplink. */
  void departed(byte[] chunk) {
    leaving = 0;
    SimPipe there = peer();
    other.loop().post(arrival(), "arrived", () -> there.arrived(chunk));
    if (wasHigh && pending() < LOW_WATERMARK_BYTES && !closed) {
      wasHigh = false;
      net.loop().post(0, "drained", this::tellDrained);
    }
    sayFarewell();
    offer();
  }

  private void tellDrained() {
    if (!closed && handler != null) {
      handler.onDrained();
    }
  }

  private void stall() {
    if (!stalled) {
      stalled = true;
      net.network().stall(this);
    }
  }

  /** Goes on after a cut. */
  void resume() {
    stalled = false;
    sayFarewell();
    offer();
  }

  private long arrival() {
    long at = world.now() + net.network().streamLatency(net, other);
    lastArrival = Math.max(lastArrival, at);
    return lastArrival - world.now();
  }

  private void arrived(byte[] chunk) {
    net.loop().post(net.downlink().reserve(chunk.length), "bytes", () -> received(chunk));
  }

  private void received(byte[] chunk) {
    if (!closed) {
      CRC32C crc = new CRC32C();
      crc.update(chunk);
      world.note(crc.getValue());
      inbox.addLast(chunk);
      drain();
    }
  }

  private void drain() {
    while (!closed && reading && handler != null && !inbox.isEmpty()) {
      byte[] chunk = inbox.removeFirst();
      watch.received(ByteBuffer.wrap(chunk));
      handler.onBytes(ByteBuffer.wrap(chunk).asReadOnlyBuffer());
      watch.delivered();
      Arrays.fill(chunk, POISON);
      peer().wasRead(chunk.length);
    }
    Fault fault = end;
    if (!closed && reading && handler != null && inbox.isEmpty() && fault != null) {
      closed = true;
      out.clear();
      watch.closed();
      net.network().closed(this);
      tellClosed(fault);
    }
  }

  /** The other end has read {@code bytes}: the window opens by as much, a latency later. */
  private void wasRead(int bytes) {
    unread -= bytes;
    if (windowShut) {
      windowShut = false;
      world.schedule(net.network().latency(other, net), "window", this::offer);
    }
  }
}
