package sluice.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Network namespaces that a script has made, and that last as long as it runs. */
final class Namespaces implements AutoCloseable {
  private static final String READY = "ready ";

  private final RealProcess process;
  private final List<String> holders;

  private Namespaces(RealProcess process) {
    this.process = process;
    String line = process.awaitLine("namespaces", Patience.STEP, l -> l.startsWith(READY));
    this.holders = List.of(line.substring(READY.length()).split(" ", -1));
  }

  /**
   * Starts {@code script}, a resource, with {@code work} as its argument.
   *
   * @param probe what must be possible in a namespace; if it is not, the reason is printed
   */
  static Optional<Namespaces> start(Path work, String script, List<String> probe) {
    List<String> tries = new ArrayList<>(List.of("unshare", "-rn"));
    tries.addAll(probe);
    try (RealProcess tried = RealProcess.start("unshare", work, tries)) {
      if (tried.awaitExit(Patience.STEP) != 0) {
        System.err.println("skipped: no such namespaces here: " + tried.errors());
        return Optional.empty();
      }
    }
    Path file = work.resolve("namespaces.sh");
    try (InputStream in = Namespaces.class.getResourceAsStream(script)) {
      Files.write(file, Objects.requireNonNull(in).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> command =
        List.of("unshare", "-rn", "sh", file.toString(), work.toAbsolutePath().toString());
    return Optional.of(new Namespaces(RealProcess.start("namespaces", work, command)));
  }

  /** {@code command} for a process in the namespace that the script names at {@code index}. */
  List<String> inside(int index, List<String> command) {
    List<String> all = new ArrayList<>(List.of("nsenter", "-t", holders.get(index)));
    all.addAll(List.of("-U", "-n", "--preserve-credentials"));
    all.addAll(command);
    return all;
  }

  /** The script, with what it and its programs have told. */
  RealProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
