package sluice.interop;

import java.nio.file.Path;

/** One transfer: who has it, who gets it, what it is and how the two meet. */
record Way(Program from, Program to, Shape shape, Found found) {

  /** Runs the transfer in {@code work} and compares what has arrived. */
  void run(Path work) {
    try (Scene scene = Scene.of(work, shape, found)) {
      Path target = scene.folder("target");
      Peer leecher;
      if (to == Program.TRANSMISSION) {
        leecher = scene.get(to, target);
        scene.seed(from, leecher);
      } else {
        leecher = scene.get(to, target, scene.seed(from));
      }
      leecher.awaitComplete();
      leecher.close();
      scene.assertSame(target);
    }
  }

  @Override
  public String toString() {
    return "%s to %s, %s, %s".formatted(from, to, shape, found);
  }
}
