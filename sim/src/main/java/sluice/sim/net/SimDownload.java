package sluice.sim.net;

import java.nio.ByteBuffer;
import java.util.Optional;
import sluice.engine.port.Fault;
import sluice.engine.port.Http;
import sluice.sim.world.SimLoop;

/** A part of a file on its way from a site, in pieces that come at the site's rate. */
final class SimDownload implements Http.Download {
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final SimNet net;
  private final SimLoop loop;
  private final Http.Range range;
  private final Http.Receiver receiver;
  private ByteBuffer body = ByteBuffer.allocate(0);
  private long announced;
  private long bytesPerSecond;
  private boolean reading = true;
  private boolean coming;
  private boolean closed;

  SimDownload(SimNet net, Http.Range range, Http.Receiver receiver) {
    this.net = net;
    this.loop = net.loop();
    this.range = range;
    this.receiver = receiver;
  }

  void start(Optional<Site> site) {
    long wait = 4 * net.profile().latencyNanos();
    if (site.isEmpty()) {
      loop.post(wait, "no site", () -> fault(new Fault(Fault.Kind.UNKNOWN_HOST, "unknown host")));
    } else {
      Site asked = site.get();
      loop.post(wait, "part", () -> answer(asked.part(net.address(), range)));
    }
  }

  private void answer(Site.Part part) {
    if (closed) {
      return;
    }
    if (part.answer() instanceof Http.Answer.Part(long from, long to, var _)) {
      body = part.body().duplicate();
      announced = to - from;
      bytesPerSecond = part.bytesPerSecond();
    } else {
      closed = true;
    }
    receiver.onAnswer(part.answer());
    come();
  }

  private void come() {
    if (closed || coming || !reading) {
      return;
    }
    coming = true;
    int count = Math.min(CHUNK_BYTES, body.remaining());
    long nanos = bytesPerSecond == 0 ? 0 : count * SECOND_NANOS / bytesPerSecond;
    loop.post(nanos, "bytes", () -> give(count));
  }

  private void give(int count) {
    coming = false;
    if (closed || !reading) {
      return;
    }
    if (count > 0) {
      ByteBuffer bytes = body.slice(body.position(), count);
      receiver.onBytes(bytes);
      body.position(body.position() + bytes.position());
    }
    if (!closed && !body.hasRemaining()) {
      end();
    }
    come();
  }

  private void end() {
    if (body.capacity() == announced) {
      closed = true;
      receiver.onEnd();
    } else {
      fault(new Fault(Fault.Kind.CLOSED, "the server closed the connection"));
    }
  }

  private void fault(Fault fault) {
    if (!closed) {
      closed = true;
      receiver.onFault(fault);
    }
  }

  @Override
  public void reading(boolean on) {
    reading = on;
    come();
  }

  @Override
  public void close() {
    closed = true;
  }
}
