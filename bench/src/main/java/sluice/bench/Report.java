package sluice.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Tables in Markdown; every figure is the median of its rounds. */
final class Report {
  private static final double GIB = 1L << 30;
  private static final double MB = 1e6;

  private final StringBuilder text = new StringBuilder();
  private final long bytes;

  Report(long bytes) {
    this.bytes = bytes;
    text.append("| seed | leecher | MB/s | seed, CPU s/GiB | leecher, CPU s/GiB |")
        .append(" seed from its start | leecher from its start | seed, MiB | leecher, MiB |\n")
        .append("|---|---|---:|---:|---:|---:|---:|---:|---:|\n");
  }

  /** Adds the row of one pair. */
  void transfers(Contender from, Contender to, List<Transfer> rounds) {
    double perGib = GIB / bytes;
    text.append(
        String.format(
            Locale.ROOT,
            "| %s | %s | %.0f | %.2f | %.2f | %.2f | %.2f | %.0f | %.0f |%n",
            name(from),
            name(to),
            bytes / MB / median(rounds, Transfer::seconds),
            median(rounds, Transfer::seedCpu) * perGib,
            median(rounds, Transfer::leechCpu) * perGib,
            median(rounds, Transfer::seedLifeCpu) * perGib,
            median(rounds, Transfer::leechLifeCpu) * perGib,
            median(rounds, Transfer::seedPeakMib),
            median(rounds, Transfer::leechPeakMib)));
  }

  /** Adds the speed of checking existing data beside that of hashing alone. */
  void check(Contender who, List<Transfer> rounds, HashSpeed hash) {
    double speed = bytes / median(rounds, Transfer::checkSeconds);
    text.append(
        String.format(
            Locale.ROOT,
            "%n%s checks existing data at %.0f MB/s: %.0f %% of the JDK's SHA-1 on all cores"
                + " (%.0f MB/s), %.0f %% of reads with SHA-1 and nothing else (%.0f MB/s).%n",
            name(who),
            speed / MB,
            100 * speed / hash.inMemory(),
            hash.inMemory() / MB,
            100 * speed / hash.ofFile(),
            hash.ofFile() / MB));
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private static String name(Contender who) {
    return switch (who) {
      case LIBTORRENT -> "libtorrent";
      case SLUICE -> "Sluice";
    };
  }

  static double median(List<Transfer> rounds, ToDoubleFunction<Transfer> figure) {
    double[] all = rounds.stream().mapToDouble(figure).sorted().toArray();
    int middle = all.length / 2;
    return all.length % 2 == 1
        ? all[middle]
        : Arrays.stream(all, middle - 1, middle + 1).average().orElseThrow();
  }
}
