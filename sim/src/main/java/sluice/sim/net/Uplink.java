package sluice.sim.net;

import java.util.ArrayDeque;
import sluice.sim.world.SimWorld;

/**
 * The sending side of a host's line: serves its streams in turn, one chunk each, at the rate of the
 * line. A stream is in the queue at most once.
 */
final class Uplink {
  private static final long NANOS = 1_000_000_000;

  private final SimWorld world;
  private final long bytesPerSecond;
  private final ArrayDeque<SimPipe> ready = new ArrayDeque<>();
  private boolean busy;
  private long freeAt;

  Uplink(SimWorld world, long bytesPerSecond) {
    this.world = world;
    this.bytesPerSecond = bytesPerSecond;
  }

  /** {@code pipe} has something to send and is not queued here. */
  void offer(SimPipe pipe) {
    ready.addLast(pipe);
    if (!busy) {
      busy = true;
      world.schedule(0, "line", this::serve);
    }
  }

  private void serve() {
    while (true) {
      SimPipe pipe = ready.pollFirst();
      if (pipe == null) {
        busy = false;
        return;
      }
      byte[] chunk = pipe.takeChunk();
      if (chunk.length > 0) {
        world.schedule(reserve(chunk.length), "sent", () -> depart(pipe, chunk));
        return;
      }
    }
  }

  private void depart(SimPipe pipe, byte[] chunk) {
    pipe.departed(chunk);
    serve();
  }

  /** Time until {@code bytes} that queue up now have left. */
  long reserve(int bytes) {
    long start = Math.max(world.now(), freeAt);
    freeAt = start + (bytesPerSecond == 0 ? 0 : bytes * NANOS / bytesPerSecond);
    return freeAt - world.now();
  }
}
