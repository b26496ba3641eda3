package sluice.udp;

import java.util.Locale;

/** The system that this runs on. It can be asked where {@link Libc} has not all of its calls. */
final class Platform {
  private Platform() {}

  /** Whether this is Linux of a kind whose structures {@link Mmsg} and {@link Names} know. */
  static boolean isKnownLinux() {
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return System.getProperty("os.name").equals("Linux")
        && (arch.equals("amd64") || arch.equals("aarch64"));
  }
}
