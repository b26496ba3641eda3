package sluice.daemon.config;

/** Something in the configuration that makes no sense; the message is one line for people. */
public final class ConfigProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A problem that {@code message} tells. */
  public ConfigProblem(String message) {
    super(message);
  }
}
