package sluice.sim.net;

import sluice.sim.world.SimWorld;

/** The receiving side of a host's line: bytes queue up and come through at the rate of the line. */
final class Downlink {
  private static final long NANOS = 1_000_000_000;

  private final SimWorld world;
  private final long bytesPerSecond;
  private long freeAt;

  Downlink(SimWorld world, long bytesPerSecond) {
    this.world = world;
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Time until {@code bytes} that arrive now have come through; 0 for at once. */
  long reserve(int bytes) {
    if (bytesPerSecond == 0) {
      return 0;
    }
    long start = Math.max(world.now(), freeAt);
    freeAt = start + bytes * NANOS / bytesPerSecond;
    return freeAt - world.now();
  }
}
