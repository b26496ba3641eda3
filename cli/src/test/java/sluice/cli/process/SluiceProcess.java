package sluice.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.cli.Main;

/** The program in a process of its own, on loopback. */
final class SluiceProcess implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 60;

  private final Process process;
  private final BufferedReader out;
  private final Path errors;
  private final List<String> lines = new ArrayList<>();

  private SluiceProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Runs the program with options of the JVM, and {@code words}. Its errors go to a file. */
  static SluiceProcess start(Path temp, List<String> jvm, Object... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(jvm);
    command.addAll(List.of("-cp", classPath(), Main.class.getName()));
    Stream.of(words).map(Object::toString).forEach(command::add);
    Path errors = Files.createTempFile(temp, "errors", "");
    return new SluiceProcess(
        new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
  }

  static SluiceProcess start(Path temp, Object... words) throws IOException {
    return start(temp, List.of(), words);
  }

  /** The property does not tell when the tests have a class loader of their own. */
  private static String classPath() {
    return SluiceProcess.class.getClassLoader() instanceof URLClassLoader loader
        ? Stream.of(loader.getURLs())
            .map(URL::getPath)
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The next line with {@code text}; fails at the end of the output. */
  String await(String text) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      lines.add(line);
      if (line.contains(text)) {
        return line;
      }
    }
    throw new AssertionError("no line with " + text + " in " + lines + "; errors: " + errors());
  }

  /** Asks it to end, as a system does that shuts down. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Waits for the end; gives the exit code. */
  int end() throws IOException, InterruptedException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      lines.add(line);
    }
    assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).as("ends").isTrue();
    return process.exitValue();
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
    process.destroyForcibly();
    process.onExit().join();
    out.close();
  }
}
