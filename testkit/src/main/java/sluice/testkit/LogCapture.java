package sluice.testkit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Hears all that is logged in this virtual machine at the finest level, with parameters and traces,
 * until it is closed. One at a time.
 */
public final class LogCapture extends Handler implements AutoCloseable {
  private static final Logger ROOT = Logger.getLogger("");

  private final Formatter formatter = new SimpleFormatter();
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();

  /** Loggers are held here, as their levels are forgotten with them. */
  private final Map<Logger, Level> levels = new HashMap<>();

  private final Handler[] others = ROOT.getHandlers();

  private LogCapture() {
    setLevel(Level.ALL);
  }

  /** Begins. */
  public static LogCapture start() {
    LogCapture capture = new LogCapture();
    for (Handler other : capture.others) {
      ROOT.removeHandler(other);
    }
    ROOT.addHandler(capture);
    capture.deepen();
    return capture;
  }

  /** Sets all loggers that there are to the finest level again, whoever has set them otherwise. */
  public void deepen() {
    Enumeration<String> names = LogManager.getLogManager().getLoggerNames();
    while (names.hasMoreElements()) {
      Logger logger = LogManager.getLogManager().getLogger(names.nextElement());
      if (logger != null && (logger.equals(ROOT) || logger.getLevel() != null)) {
        if (!levels.containsKey(logger)) {
          levels.put(logger, logger.getLevel());
        }
        logger.setLevel(Level.ALL);
      }
    }
  }

  @Override
  public void publish(LogRecord line) {
    StringWriter text = new StringWriter();
    text.append(line.getLevel() + " " + line.getLoggerName() + " " + line.getMessage() + " ");
    text.append(Arrays.deepToString(line.getParameters())).append(' ');
    text.append(formatter.formatMessage(line));
    if (line.getThrown() != null) {
      line.getThrown().printStackTrace(new PrintWriter(text, true));
    }
    heard.add(text.toString());
  }

  /** What was heard, in order. */
  public List<String> lines() {
    return List.copyOf(heard);
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public void close() {
    ROOT.removeHandler(this);
    for (Handler other : others) {
      ROOT.addHandler(other);
    }
    levels.forEach(Logger::setLevel);
  }
}
