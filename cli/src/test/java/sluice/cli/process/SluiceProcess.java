package sluice.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.cli.Main;
import sluice.testkit.Child;
import sluice.testkit.Machine;

/** The program in a process of its own, on loopback. */
final class SluiceProcess implements AutoCloseable {
  private final Child process;
  private final Path errors;
  private final List<String> lines = new ArrayList<>();

  private SluiceProcess(Child process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  /** Runs the program with options of the JVM, and {@code words}. Its errors go to a file. */
  static SluiceProcess start(Path temp, List<String> jvm, Object... words) throws IOException {
    List<String> options = new ArrayList<>(List.of("-Xmx128m"));
    options.addAll(jvm);
    String[] arguments = Stream.of(words).map(Object::toString).toArray(String[]::new);
    Path errors = Files.createTempFile(temp, "errors", "");
    List<String> command = Machine.command(Main.class, options, arguments);
    return new SluiceProcess(Child.start(command, "", errors), errors);
  }

  static SluiceProcess start(Path temp, Object... words) throws IOException {
    return start(temp, List.of(), words);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The next line with {@code text}; fails at the end of the output. */
  String await(String text) throws IOException {
    for (Optional<String> line = next(); line.isPresent(); line = next()) {
      if (line.get().contains(text)) {
        return line.get();
      }
    }
    throw new AssertionError("no line with " + text + " in " + lines + "; errors: " + errors());
  }

  private Optional<String> next() throws IOException {
    Optional<String> line = process.line();
    line.ifPresent(lines::add);
    return line;
  }

  /** Asks it to end, as a system does that shuts down. */
  void terminate() {
    process.terminate();
  }

  /** Waits for the end; gives the exit code. */
  int end() throws IOException, InterruptedException {
    lines.addAll(process.lines());
    return process.end();
  }

  /** What it has written so far to standard output, as far as it was read. */
  List<String> lines() {
    return lines;
  }

  String errors() throws IOException {
    return Files.readString(errors);
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
