package sluice.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A namespace of mounts in which a program runs with a small file system of its own, and may mount
 * and unmount more. Nothing of it is left when the program ends. Linux only.
 */
public final class MountSpace {
  private final List<String> prefix;

  /** One with a file system of {@code size}, such as {@code 8m}, at {@code folder}. */
  public MountSpace(Path folder, String size) {
    String script = "mount -t tmpfs -o size=" + size + " tmpfs \"$0\" && exec \"$@\"";
    prefix = List.of("unshare", "-rm", "sh", "-c", script, folder.toString());
  }

  /** The command that runs {@code command} in it. */
  public List<String> command(List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }

  /**
   * Why it cannot be had here; empty if it can. Where the variable {@code CI} says that it must be
   * had, an error.
   */
  public Optional<String> lack() throws InterruptedException {
    Optional<String> lack = trial();
    if (lack.isPresent() && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI=true, and " + lack.get());
    }
    return lack;
  }

  private Optional<String> trial() throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command(List.of("true"))).start();
      return process.waitFor() == 0
          ? Optional.empty()
          : Optional.of("no mount namespace here: code " + process.exitValue());
    } catch (IOException e) {
      return Optional.of("no mount namespace here: " + e.getMessage());
    }
  }
}
