package sluice.daemon.web;

/**
 * A request that cannot be granted: the status of its answer, a code for programs, and a line for
 * people.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /** A problem with {@code detail} for people. */
  public Problem(int status, String code, String detail) {
    super(detail);
    this.status = status;
    this.code = code;
  }

  /** The request makes no sense. */
  public static Problem bad(String detail) {
    return new Problem(400, "bad-request", detail);
  }

  /** What is asked for is not there. */
  public static Problem missing(String detail) {
    return new Problem(404, "not-found", detail);
  }

  /** It cannot be done as things are. */
  public static Problem conflict(String detail) {
    return new Problem(409, "conflict", detail);
  }

  /** Whether it cannot be done as things are. */
  public boolean isConflict() {
    return status == 409;
  }

  /** Status of HTTP. */
  public int status() {
    return status;
  }

  /** One word for programs. */
  public String code() {
    return code;
  }

  /** One line for people. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
