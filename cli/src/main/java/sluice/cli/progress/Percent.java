package sluice.cli.progress;

import sluice.cli.Console;
import sluice.cli.text.Format;

/** A redrawn line that says how much of one step is done; nothing where there is no terminal. */
public final class Percent implements AutoCloseable {
  private final Console console;
  private final String what;
  private int shown = -1;

  public Percent(Console console, String what) {
    this.console = console;
    this.what = what;
  }

  /** Any thread. */
  public synchronized void show(long part, long whole) {
    int percent = Format.percent(part, whole);
    if (console.columns() > 0 && percent != shown) {
      shown = percent;
      console.err().print("\r\033[K" + what + " " + percent + "%");
      console.err().flush();
    }
  }

  /** Erases the line. Any thread. */
  @Override
  public synchronized void close() {
    if (shown >= 0) {
      shown = -1;
      console.err().print("\r\033[K");
      console.err().flush();
    }
  }
}
