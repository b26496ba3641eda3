package sluice.cli;

/** Why a command cannot do what it was asked: one line that says what to do, and the exit code. */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exit;

  public Problem(ExitCode exit, String message) {
    super(message, null, false, false);
    this.exit = exit;
  }

  /** How the program ends by it. */
  public ExitCode exit() {
    return exit;
  }
}
