package sluice.engine.crypt;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import sluice.engine.fake.FakeLoop;
import sluice.engine.fake.FakePipe;
import sluice.engine.fake.Hosts;

/** Two pipes of which each carries to the other what it is given, in pieces of random size. */
final class Cable {
  final FakeLoop loop;
  final FakePipe near;
  final FakePipe far;
  final ByteArrayOutputStream seen = new ByteArrayOutputStream();
  private final SplittableRandom random;
  private final int most;

  Cable(FakeLoop loop, long seed, int most) {
    this.loop = loop;
    this.near = new FakePipe(loop, Hosts.host(2));
    this.far = new FakePipe(loop, Hosts.host(1));
    this.random = new SplittableRandom(seed);
    this.most = most;
  }

  /** Carries until nothing is on the way. */
  void run() {
    loop.run(KeyWork.TICK_NANOS);
    while (carry(near, far) | carry(far, near)) {
      loop.run(KeyWork.TICK_NANOS);
    }
    if (near.isClosed()) {
      far.reset();
    } else if (far.isClosed()) {
      near.reset();
    }
    loop.run(0);
  }

  private boolean carry(FakePipe from, FakePipe to) {
    byte[] bytes = from.take();
    seen.writeBytes(bytes);
    for (int at = 0; at < bytes.length; ) {
      int n = Math.min(bytes.length - at, 1 + random.nextInt(most));
      to.deliver(Arrays.copyOfRange(bytes, at, at + n));
      at += n;
    }
    return bytes.length > 0;
  }
}
