package sluice.interop;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The programs that can have a torrent here. */
enum Program {
  SLUICE,
  LIBTORRENT,
  TRANSMISSION,
  ARIA2;

  /** Starts the program with {@code job}. */
  Peer start(Job job) {
    return switch (this) {
      case SLUICE -> Sluice.start(job);
      case LIBTORRENT -> Libtorrent.start(job);
      case TRANSMISSION -> Transmission.start(job);
      case ARIA2 -> Aria2.start(job);
    };
  }

  /** Whether it knows v1 only and takes pads for files that are to be on disk. */
  boolean wantsPadFiles() {
    return this == TRANSMISSION || this == ARIA2;
  }

  /** Whether files without content appear on disk after a download. */
  boolean makesEmptyFiles() {
    return this != TRANSMISSION;
  }

  /**
   * Skips the running test when {@code program} is not installed; where the test must run, which
   * the variable {@code CI} tells, fails it.
   */
  static void need(String program, boolean installed) {
    if (installed) {
      return;
    }
    String reason = program + " is not installed";
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(reason + ", and CI=true");
    }
    System.err.println("skipped: " + reason);
    abort(reason);
  }

  /** Whether {@code command} is on the path. */
  static boolean isOnPath(String command) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }
}
