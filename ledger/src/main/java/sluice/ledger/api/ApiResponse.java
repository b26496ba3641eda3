package sluice.ledger.api;

/**
 * What is answered.
 *
 * @param status HTTP status
 * @param type media type of the body
 */
public record ApiResponse(int status, String type, String body) {
  /** Seconds after which to ask again. */
  static final int RETRY_SECONDS = 1;

  static ApiResponse json(int status, String body) {
    return new ApiResponse(status, "application/json", body);
  }
}
