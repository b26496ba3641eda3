package sluice.cli.command;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import sluice.tracker.service.Event;

/** The tracker's log: one line in logfmt for each event, on standard error. */
final class TrackerLog extends Handler {
  /** Kept here, as the logging of the JDK forgets loggers that nobody holds. */
  private static final Logger ROOT = Logger.getLogger("sluice.tracker");

  private final PrintStream out;

  private TrackerLog(PrintStream out) {
    this.out = out;
  }

  /** Writes events of at least {@code level} to {@code out}, and none elsewhere. */
  static void begin(PrintStream out, System.Logger.Level level) {
    ROOT.setUseParentHandlers(false);
    ROOT.addHandler(new TrackerLog(out));
    level(level);
  }

  /** Writes events of at least {@code level}. */
  static void level(System.Logger.Level level) {
    ROOT.setLevel(
        switch (level) {
          case ALL, TRACE, DEBUG -> Level.FINE;
          case INFO -> Level.INFO;
          case WARNING -> Level.WARNING;
          case ERROR -> Level.SEVERE;
          case OFF -> Level.OFF;
        });
  }

  /** The line of one event. */
  static String line(Instant time, Level level, String message) {
    String name =
        level.intValue() >= Level.SEVERE.intValue()
            ? "error"
            : level.intValue() < Level.INFO.intValue()
                ? "debug"
                : level.getName().toLowerCase(Locale.ROOT);
    String event = message.startsWith("event=") ? message : Event.of("message", "text", message);
    return "time=" + time.truncatedTo(ChronoUnit.MILLIS) + " level=" + name + " " + event;
  }

  @Override
  public void publish(LogRecord record) {
    if (isLoggable(record)) {
      out.println(
          line(record.getInstant(), record.getLevel(), String.valueOf(record.getMessage())));
      out.flush();
    }
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
