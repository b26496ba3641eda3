package sluice.tracker.http;

/**
 * An answer that is not bencoded.
 *
 * @param status of HTTP
 * @param type of the body
 * @param body what is sent, in UTF-8
 */
public record Page(int status, String type, String body) {
  /** Text for people. */
  public static Page text(int status, String text) {
    return new Page(status, "text/plain; charset=utf-8", text + "\n");
  }
}
