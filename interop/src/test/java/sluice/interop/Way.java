package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** One transfer: who has it, who gets it, what it is and how the two meet. */
record Way(Program from, Program to, Shape shape, Found found, Cipher cipher) {
  /** A transfer whose connections are plain. */
  Way(Program from, Program to, Shape shape, Found found) {
    this(from, to, shape, found, Cipher.PLAIN);
  }

  /** The same with another wish for encryption. */
  Way with(Cipher wanted) {
    return new Way(from, to, shape, found, wanted);
  }

  /** Runs the transfer in {@code work} and compares what has arrived. */
  void run(Path work) {
    try (Scene scene = Scene.of(work, shape, found, cipher)) {
      Path target = scene.folder("target");
      if (from.wantsPadFiles()) {
        scene.writePads();
      }
      Peer leecher;
      if (to == Program.TRANSMISSION) {
        leecher = scene.get(to, target);
        scene.seed(from, leecher);
      } else {
        leecher = scene.get(to, target, scene.seed(from));
      }
      leecher.awaitComplete();
      if (to == Program.SLUICE) {
        assertThat(leecher.process().awaitExit(Patience.STEP)).as("%s", leecher).isZero();
      }
      leecher.close();
      scene.assertSame(target, to);
    }
  }

  @Override
  public String toString() {
    return "%s to %s, %s, %s, %s".formatted(from, to, shape, found, cipher);
  }
}
