package sluice.cli.progress;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sluice.cli.ExitCode;
import sluice.cli.text.Format;
import sluice.cli.text.Printable;

/**
 * Writes lines for people: what happened to standard output, how far it is to standard error, on a
 * terminal as one line that is redrawn.
 */
public final class TextReporter implements Reporter {
  private static final long LIVE_INTERVAL_MILLIS = 500;
  private static final long PLAIN_INTERVAL_MILLIS = 5000;
  private static final String ERASE_LINE = "\r\033[K";

  private final PrintStream out;
  private final PrintStream err;
  private final int columns;
  private final Map<String, String> lastLines = new HashMap<>();
  private boolean live;

  /** {@code columns} is the width of the terminal at standard error, or 0 if it is none. */
  public TextReporter(PrintStream out, PrintStream err, int columns) {
    this.out = out;
    this.err = err;
    this.columns = columns;
  }

  @Override
  public long intervalMillis() {
    return columns > 0 ? LIVE_INTERVAL_MILLIS : PLAIN_INTERVAL_MILLIS;
  }

  @Override
  public void listening(int port) {
    say("listening on port " + port);
  }

  @Override
  public void metadata(String torrent, String name, long bytes, int files) {
    say(name + ": metadata received, " + Format.bytes(bytes) + filesNote(files));
  }

  private static String filesNote(int files) {
    return files == 1 ? " in one file" : " in " + files + " files";
  }

  @Override
  public void checked(String torrent, String name, double seconds, int have, int pieces) {
    if (have > 0) {
      long whole = Math.round(seconds);
      say(name + ": checked in " + Format.time(whole) + ", " + have + " of " + pieces + " pieces");
    }
  }

  @Override
  public void progress(List<Progress> torrents) {
    if (torrents.isEmpty()) {
      return;
    }
    if (columns > 0) {
      err.print(ERASE_LINE + ProgressLine.live(torrents, columns - 1));
      err.flush();
      live = true;
    } else {
      torrents.forEach(this::plain);
    }
  }

  /** A line that says the same as the last one of its torrent is not repeated. */
  private void plain(Progress p) {
    String line = ProgressLine.plain(p);
    if (!line.equals(lastLines.put(p.torrent(), line))) {
      err.println(line);
    }
  }

  @Override
  public void complete(String torrent, String name, boolean already) {
    say(name + (already ? ": already complete" : ": complete"));
  }

  @Override
  public void seeding(String torrent, String name) {
    say(name + ": seeding; Ctrl-C ends it");
  }

  @Override
  public void warning(String message) {
    erase();
    err.println("sluice: " + Printable.clean(message));
  }

  @Override
  public void error(ExitCode exit, String message) {
    erase();
    err.println("sluice: " + Printable.clean(message));
  }

  @Override
  public void close() {
    if (live) {
      err.println();
      live = false;
    }
    out.flush();
  }

  private void say(String line) {
    erase();
    out.println(Printable.clean(line));
    out.flush();
  }

  private void erase() {
    if (live) {
      err.print(ERASE_LINE);
      err.flush();
      live = false;
    }
  }
}
