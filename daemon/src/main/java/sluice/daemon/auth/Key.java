package sluice.daemon.auth;

import java.util.Set;
import sluice.daemon.web.Scope;

/**
 * What proves who somebody is, as it is kept.
 *
 * @param id names it; no secret
 * @param name for people
 * @param kind how it is used
 * @param digest of the secret
 * @param scopes what it allows
 * @param createdMillis when it was made
 * @param expiresMillis when it ends; 0 for never
 */
public record Key(
    String id,
    String name,
    Kind kind,
    String digest,
    Set<Scope> scopes,
    long createdMillis,
    long expiresMillis) {
  /** Longest name. */
  public static final int MAX_NAME_CHARS = 100;

  public Key {
    scopes = Set.copyOf(scopes);
    if (name.isBlank() || name.length() > MAX_NAME_CHARS) {
      throw new IllegalArgumentException("a name has 1 to " + MAX_NAME_CHARS + " characters");
    }
  }

  /** How a key is used. */
  public enum Kind {
    /** A program sends it with each request. */
    API,
    /** A browser sends it as a cookie. */
    BROWSER
  }
}
