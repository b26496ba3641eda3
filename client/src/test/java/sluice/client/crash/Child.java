package sluice.client.crash;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Another virtual machine that runs a class of the tests, and is killed at the end. */
final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private Child(Process process) {
    this.process = process;
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a command, whose errors go to {@code errors}; {@code fault} may be empty. */
  static Child start(List<String> command, String fault, Path errors) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("FAULT");
    if (!fault.isEmpty()) {
      builder.environment().put("FAULT", fault);
    }
    builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    return new Child(builder.start());
  }

  /** The command that runs {@code main}. */
  static List<String> command(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-ea",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(),
                main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The property does not tell when the tests have a class loader of their own. */
  private static String classPath() {
    return Child.class.getClassLoader() instanceof URLClassLoader loader
        ? Stream.of(loader.getURLs())
            .map(URL::getPath)
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }

  Process process() {
    return process;
  }

  /** The next whole line, or null at the end. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = out.read(); c >= 0; c = out.read()) {
      if (c == '\n') {
        return line.toString();
      }
      line.append((char) c);
    }
    return null;
  }

  /** By the handle: the process itself would close the stream with the lines that are unread. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    out.close();
  }
}
