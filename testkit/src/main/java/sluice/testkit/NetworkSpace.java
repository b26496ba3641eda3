package sluice.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A namespace of networks in which a program runs, and may make networks of its own. Nothing of it
 * is left when the program ends. Linux only.
 */
public final class NetworkSpace {
  private static final List<String> PREFIX = List.of("unshare", "-rn");

  private NetworkSpace() {}

  /** Why {@code command}, such as one of {@code ip}, cannot be run in one here; empty if it can. */
  public static Optional<String> lack(String... command) throws InterruptedException {
    try {
      return Optional.of(said(List.of(command)))
          .filter(said -> !said.isEmpty())
          .map(said -> "no network namespace here: " + said.strip());
    } catch (IOException e) {
      return Optional.of("no network namespace here: " + e.getMessage());
    }
  }

  /** Runs {@code main} with the classes of the tests in one to its end; gives all that it says. */
  public static String run(Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    return said(Machine.command(main, List.of(), arguments));
  }

  private static String said(List<String> command) throws IOException, InterruptedException {
    List<String> inside = new ArrayList<>(PREFIX);
    inside.addAll(command);
    Process process = new ProcessBuilder(inside).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
