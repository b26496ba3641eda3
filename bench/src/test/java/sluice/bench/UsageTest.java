package sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class UsageTest {
  @Test
  void readsWhatLinuxTells() {
    String stat = "77 (odd) name) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0 20 0 9 0 100 1 2";
    String status = "Name:\tx\nVmPeak:\t  999999 kB\nVmHWM:\t  204800 kB\nThreads:\t9\n";
    assertThat(Usage.parse(stat, status)).isEqualTo(new Usage(2.0, 200));
  }

  @Test
  void readsOfALiveProcess() {
    Usage usage = Usage.of(ProcessHandle.current().pid());
    assertThat(usage.cpuSeconds()).isPositive();
    assertThat(usage.peakMib()).isPositive();
  }

  @Test
  void mediansOfOddAndEvenRounds() {
    List<Transfer> three = List.of(taking(9), taking(1), taking(2));
    assertThat(Report.median(three, Transfer::seconds)).isEqualTo(2);
    assertThat(Report.median(three.subList(0, 2), Transfer::seconds)).isEqualTo(5);
  }

  @Test
  void countsByTheGibibyte() {
    Report report = new Report(1L << 29);
    report.transfers(
        Contender.LIBTORRENT,
        Contender.SLUICE,
        List.of(new Transfer(2, 1, 1.5, 2, 2.5, 100, 120, 0.25)));
    report.check(Contender.SLUICE, List.of(taking(1)), new HashSpeed(1 << 29, 1 << 28));
    assertThat(report.toString())
        .contains("| libtorrent | Sluice | 268 | 2.00 | 3.00 | 4.00 | 5.00 | 100 | 120 |")
        .contains("Sluice checks existing data at 537 MB/s: 100 % of");
  }

  private static Transfer taking(double seconds) {
    return new Transfer(seconds, 0, 0, 0, 0, 0, 0, 1);
  }
}
