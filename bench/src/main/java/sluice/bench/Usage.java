package sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a live process has used so far, as Linux tells it.
 *
 * @param cpuSeconds user and system time of all threads, since the process started
 * @param peakMib most memory that was resident at once, in MiB; shared and file pages count
 */
record Usage(double cpuSeconds, long peakMib) {
  /** Kernel ticks per second, fixed by Linux for user space. */
  private static final double TICKS = 100.0;

  private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB");
  private static final int UTIME = 11;
  private static final int STIME = 12;

  /** Reads the figures of process {@code pid}. */
  static Usage of(long pid) {
    Path folder = Path.of("/proc", Long.toString(pid));
    try {
      return parse(
          Files.readString(folder.resolve("stat")), Files.readString(folder.resolve("status")));
    } catch (IOException e) {
      throw new UncheckedIOException("process " + pid + " is gone", e);
    }
  }

  /** The figures in the texts of {@code /proc/PID/stat} and {@code /proc/PID/status}. */
  static Usage parse(String stat, String status) {
    // The name is in parentheses and may hold spaces; numbering starts after it.
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
    long ticks = Long.parseLong(fields.get(UTIME)) + Long.parseLong(fields.get(STIME));
    Matcher peak = PEAK.matcher(status);
    long kib = peak.find() ? Long.parseLong(peak.group(1)) : 0;
    return new Usage(ticks / TICKS, kib / 1024);
  }
}
