package sluice.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A started program: its output line by line, and its certain end when it is closed. */
final class RealProcess implements AutoCloseable {
  private static final int KEPT_LINES = 20_000;
  private static final Duration STOP = Duration.ofSeconds(10);

  private final String name;
  private final Process process;
  private final Thread leftover;
  private final List<String> output = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private final List<Thread> readers;

  private RealProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.leftover = new Thread(process.toHandle()::destroyForcibly, "kill " + name);
    Runtime.getRuntime().addShutdownHook(leftover);
    this.readers =
        List.of(
            Thread.startVirtualThread(() -> collect(process.inputReader(), output)),
            Thread.startVirtualThread(() -> collect(process.errorReader(), errors)));
  }

  /** Starts {@code command} in {@code folder}. */
  static RealProcess start(String name, Path folder, List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      return new RealProcess(name, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The lines of standard output so far. */
  List<String> output() {
    synchronized (output) {
      return List.copyOf(output);
    }
  }

  /** The lines of standard error so far. */
  List<String> errors() {
    synchronized (errors) {
      return List.copyOf(errors);
    }
  }

  /** Waits for a line on standard output, those so far included. */
  String awaitLine(String what, Duration limit, Predicate<String> wanted) {
    return await(output, what, limit, wanted);
  }

  /** The same on standard error. */
  String awaitError(String what, Duration limit, Predicate<String> wanted) {
    return await(errors, what, limit, wanted);
  }

  private String await(List<String> lines, String what, Duration limit, Predicate<String> wanted) {
    Thread reader = readers.get(lines == output ? 0 : 1);
    long deadline = System.nanoTime() + limit.toNanos();
    int next = 0;
    synchronized (lines) {
      while (true) {
        for (; next < lines.size(); next++) {
          if (wanted.test(lines.get(next))) {
            return lines.get(next);
          }
        }
        long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
        if (leftMillis <= 0 || !reader.isAlive()) {
          throw new AssertionError("no " + what + " from " + this);
        }
        pause(lines, Math.min(leftMillis, 200));
      }
    }
  }

  /** Waits for the end and returns the exit code; output is complete then. */
  int awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after " + limit + ": " + this);
      }
      for (Thread reader : readers) {
        reader.join(STOP);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Ends it, and what it started: a browser is a script that starts many. */
  @Override
  public void close() {
    end();
  }

  /** Ends it, in the middle of a block of its own if need be. */
  void end() {
    List<ProcessHandle> started = process.descendants().toList();
    process.toHandle().destroy();
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.toHandle().destroyForcibly();
        process.waitFor();
      }
      started.forEach(ProcessHandle::destroyForcibly);
      Runtime.getRuntime().removeShutdownHook(leftover);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Ends it and what it started at once: for what has shown all that it was to show. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
    end();
  }

  /** The program's name, state and last lines, for messages. */
  @Override
  public String toString() {
    String state = process.isAlive() ? "running" : "ended with " + process.exitValue();
    return name + " (" + state + ")\n  output: " + last(output()) + "\n  errors: " + last(errors());
  }

  private static String last(List<String> lines) {
    return String.join("\n    ", lines.subList(Math.max(0, lines.size() - 25), lines.size()));
  }

  private static void pause(List<String> lines, long millis) {
    try {
      lines.wait(millis);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(e);
  }

  private void collect(BufferedReader from, List<String> lines) {
    try (from) {
      for (String line = from.readLine(); line != null; line = from.readLine()) {
        synchronized (lines) {
          if (lines.size() < KEPT_LINES) {
            lines.add(line);
          }
          lines.notifyAll();
        }
      }
    } catch (IOException e) {
      synchronized (lines) {
        lines.add("(reading stopped: " + e.getMessage() + ")");
        lines.notifyAll();
      }
    }
  }
}
