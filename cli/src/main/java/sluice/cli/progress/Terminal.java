package sluice.cli.progress;

import java.util.Map;

/** What standard error is connected to, as the launcher saw it. */
public final class Terminal {
  /** Set by the launcher to the width of the terminal at standard error, if it is one. */
  private static final String COLUMNS_PROPERTY = "sluice.columns";

  private static final int DEFAULT_COLUMNS = 80;
  private static final int MIN_COLUMNS = 20;

  private Terminal() {}

  /** Columns for a line that is redrawn; 0 if there is no terminal that can redraw. */
  public static int columns() {
    return columns(System.getProperty(COLUMNS_PROPERTY, ""), System.getenv());
  }

  static int columns(String property, Map<String, String> environment) {
    if (property.isEmpty() || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
      return 0;
    }
    int columns = property.matches("\\d{1,4}") ? Integer.parseInt(property) : 0;
    return columns < MIN_COLUMNS ? DEFAULT_COLUMNS : columns;
  }
}
