package sluice.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that is measured; it tells what it does as JSON lines on standard output. */
final class Subject implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long SETTLE_NANOS = 2_000_000_000L;
  private static final Event END = new Event("", 0);

  private final String name;
  private final Process process;
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private Subject(String name, Process process) {
    this.name = name;
    this.process = process;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Thread.startVirtualThread(this::collect);
  }

  /** Starts {@code command}; what it writes to standard error goes to {@code log}. */
  static Subject start(String name, List<String> command, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new Subject(name, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }

  /** Waits for the next event called {@code kind}; those before it are dropped. */
  Event await(String kind) {
    List<String> seen = new ArrayList<>();
    try {
      while (true) {
        Event event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (event == null || event.equals(END)) {
          throw new IllegalStateException(name + " told no " + kind + " but " + seen);
        }
        if (event.is(kind)) {
          return event;
        }
        seen.add(event.line());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The number in {@code field} of the last event called {@code kind} in the next two seconds. */
  double latest(String kind, String field) {
    double number = 0;
    long end = System.nanoTime() + SETTLE_NANOS;
    try {
      for (long left = SETTLE_NANOS; left > 0; left = end - System.nanoTime()) {
        Event event = events.poll(left, TimeUnit.NANOSECONDS);
        if (event != null && event.is(kind)) {
          number = event.number(field);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return number;
  }

  /** What it has used so far. */
  Usage usage() {
    return Usage.of(process.pid());
  }

  /** Asks it to end, as a service manager does. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Waits until it has ended. */
  void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(name + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until it has ended by itself, and that without an error. */
  void awaitSuccess() {
    awaitEnd();
    if (process.exitValue() != 0) {
      throw new IllegalStateException(name + " ended with " + process.exitValue());
    }
  }

  @Override
  public void close() {
    process.toHandle().destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.toHandle().destroyForcibly();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.toHandle().destroyForcibly();
    }
  }

  private void collect() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        events.add(new Event(line, System.nanoTime()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      events.add(END);
    }
  }

  /**
   * One line of output.
   *
   * @param line a JSON object
   * @param atNanos when it was read, on the clock of {@link System#nanoTime}
   */
  record Event(String line, long atNanos) {
    /** Whether it is of this kind. */
    boolean is(String kind) {
      return Pattern.compile("\"event\"\\s*:\\s*\"" + kind + "\"").matcher(line).find();
    }

    /** The number in the field {@code field}. */
    double number(String field) {
      Matcher matcher = Pattern.compile("\"" + field + "\"\\s*:\\s*(-?[0-9.eE+-]+)").matcher(line);
      if (!matcher.find()) {
        throw new IllegalStateException("no " + field + " in " + line);
      }
      return Double.parseDouble(matcher.group(1));
    }
  }
}
