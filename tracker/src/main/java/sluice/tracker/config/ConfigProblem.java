package sluice.tracker.config;

import java.io.IOException;

/** What is wrong with a configuration file, in words for people. */
public final class ConfigProblem extends IOException {
  private static final long serialVersionUID = 1L;

  /** A problem. */
  public ConfigProblem(String message) {
    super(message);
  }
}
