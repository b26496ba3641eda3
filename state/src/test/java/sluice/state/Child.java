package sluice.state;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sqlite.JDBC;
import sluice.protocol.digest.Hash;

/** Another virtual machine that runs a class of the tests, and is killed at the end. */
final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private Child(Process process) {
    this.process = process;
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts {@code main}; {@code fault} arms a fault point unless it is empty. */
  static Child start(Class<?> main, String fault, String... arguments) throws IOException {
    return start(new String[0], main, fault, arguments);
  }

  /** Starts {@code main} by another program. */
  static Child start(String[] by, Class<?> main, String fault, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(by));
    command.addAll(command(main));
    command.addAll(List.of(arguments));
    return start(command, fault);
  }

  /** Starts a command. */
  static Child start(List<String> command, String fault) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("FAULT");
    if (!fault.isEmpty()) {
      builder.environment().put("FAULT", fault);
    }
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return new Child(builder.start());
  }

  /** The command that runs {@code main}. */
  static List<String> command(Class<?> main) {
    return List.of(
        System.getProperty("java.home") + "/bin/java",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-Xmx128m",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        classPath(),
        main.getName());
  }

  /**
   * Where the classes came from; the property of the virtual machine does not tell in all cases.
   */
  private static String classPath() {
    return Stream.of(Child.class, StateStore.class, Hash.class, JDBC.class)
        .map(type -> Path.of(uri(type)).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static URI uri(Class<?> type) {
    try {
      return type.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
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

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    out.close();
  }
}
