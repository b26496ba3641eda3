package sluice.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Another process, usually a virtual machine that runs a class of the tests; killed at the end. */
public final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private Child(Process process) {
    this.process = process;
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts a command.
   *
   * @param fault arms a fault point of the program, such as {@code label:3}; may be empty
   * @param errors to which what it says on standard error is appended
   */
  public static Child start(List<String> command, String fault, Path errors) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("FAULT");
    if (!fault.isEmpty()) {
      builder.environment().put("FAULT", fault);
    }
    builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    return new Child(builder.start());
  }

  /** Starts a command of which only the standard output matters. */
  public static Child start(List<String> command) throws IOException {
    return new Child(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** The command that runs {@code main} with the classes of the tests, in a small heap. */
  public static List<String> command(Class<?> main, String... arguments) {
    return Machine.command(main, List.of("-ea", "-Xshare:auto", "-Xmx256m"), arguments);
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The next whole line of its standard output; empty at the end. */
  public Optional<String> line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = out.read(); c >= 0; c = out.read()) {
      if (c == '\n') {
        return Optional.of(line.toString());
      }
      line.append((char) c);
    }
    return Optional.empty();
  }

  /** All whole lines up to its end. */
  public List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Optional<String> line = line(); line.isPresent(); line = line()) {
      lines.add(line.get());
    }
    return lines;
  }

  /** Writes a line to its standard input. */
  public void say(String line) throws IOException {
    Writer in = process.outputWriter(StandardCharsets.UTF_8);
    in.write(line + "\n");
    in.flush();
  }

  /** Waits for its end; gives the exit code, which is 137 if it was killed. */
  public int end() throws InterruptedException {
    return process.waitFor();
  }

  /** Ends it as the system does at once. Lines that are unread can be read still. */
  public void kill() {
    // By the handle: the process itself would close the stream.
    process.toHandle().destroyForcibly();
  }

  /** Asks it to end. Lines that are unread can be read still. */
  public void terminate() {
    process.toHandle().destroy();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    out.close();
  }
}
