package sluice.cli;

/**
 * How the program ends. Signals add 130 (SIGINT) and 143 (SIGTERM), which the JVM gives, and the
 * launcher adds 69 when there is no Java to run on.
 */
public enum ExitCode {
  OK(0, "done"),
  FAILED(1, "the operation failed"),
  USAGE(2, "the command line is wrong"),
  NOT_FOUND(3, "a torrent, file or folder does not exist"),
  UNREACHABLE(4, "the daemon cannot be reached"),
  REFUSED(5, "the daemon does not let this in"),
  INVALID(6, "data or a torrent file are invalid"),
  UNFINISHED(7, "some downloads are not finished");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The number that the system sees. */
  public int code() {
    return code;
  }

  /** What it says, for the help text. */
  public String meaning() {
    return meaning;
  }
}
