package sluice.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What one transfer took.
 *
 * @param seconds from the leecher's readiness to its completion
 * @param seedCpu CPU seconds of the seed from its readiness to the leecher's completion
 * @param leechCpu CPU seconds of the leecher from its readiness to its completion
 * @param seedLifeCpu CPU seconds of the seed from its start, the check of its data included
 * @param leechLifeCpu CPU seconds of the leecher from its start
 * @param seedPeakMib most memory of the seed
 * @param leechPeakMib most memory of the leecher
 * @param checkSeconds how long the seed says that it took to check its data
 */
record Transfer(
    double seconds,
    double seedCpu,
    double leechCpu,
    double seedLifeCpu,
    double leechLifeCpu,
    long seedPeakMib,
    long leechPeakMib,
    double checkSeconds) {

  /** Runs one transfer of {@code stage} and leaves nothing behind. */
  static Transfer run(Contender from, Contender to, Stage stage) {
    Path target = stage.freshTarget();
    Path log = stage.log();
    try (Subject seed =
        Subject.start(
            from + " seed",
            from.seed(stage.root(), stage.torrent(), stage.data(), stage.carrier()),
            log)) {
      int port = (int) seed.await("listening").number("port");
      double checkSeconds = seed.await("checked").number("seconds");
      seed.await(from == Contender.SLUICE ? "seeding" : "complete");
      Usage seedReady = seed.usage();
      try (Subject leecher =
          Subject.start(
              to + " get",
              to.get(stage.root(), stage.torrent(), target, stage.carrier(), List.of(port)),
              log)) {
        Subject.Event ready = leecher.await("checked");
        Usage leechReady = leecher.usage();
        Subject.Event complete = leecher.await("complete");
        Usage leechDone = leecher.usage();
        Usage seedDone = seed.usage();
        return new Transfer(
            (complete.atNanos() - ready.atNanos()) / 1e9,
            seedDone.cpuSeconds() - seedReady.cpuSeconds(),
            leechDone.cpuSeconds() - leechReady.cpuSeconds(),
            seedDone.cpuSeconds(),
            leechDone.cpuSeconds(),
            seedDone.peakMib(),
            leechDone.peakMib(),
            checkSeconds);
      }
    } finally {
      stage.removeTarget();
    }
  }
}
