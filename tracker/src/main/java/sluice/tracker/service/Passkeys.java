package sluice.tracker.service;

/**
 * Where a passkey is in a tracker's URL: {@code /PASSKEY/announce}, or {@code passkey=} in the
 * query.
 */
public final class Passkeys {
  /** Longest passkey. */
  public static final int MAX_CHARS = 64;

  private static final String PARAMETER = "passkey=";

  private Passkeys() {}

  /** The passkey in path and query; empty if there is none. */
  public static String ofPath(String pathAndQuery) {
    int query = pathAndQuery.indexOf('?');
    String path = query < 0 ? pathAndQuery : pathAndQuery.substring(0, query);
    if (query >= 0) {
      for (String part : pathAndQuery.substring(query + 1).split("&", 100)) {
        if (part.startsWith(PARAMETER)) {
          return checked(part.substring(PARAMETER.length()));
        }
      }
    }
    int last = path.lastIndexOf('/');
    int before = path.lastIndexOf('/', last - 1);
    return last > 0 && before >= 0 ? checked(path.substring(before + 1, last)) : "";
  }

  /** Letters, digits and a few marks; anything else is no passkey. */
  private static String checked(String passkey) {
    return isLegal(passkey) ? passkey : "";
  }

  /** Whether {@code passkey} can be one: 1 to 64 letters, digits, '-' and '_'. */
  public static boolean isLegal(String passkey) {
    return !passkey.isEmpty()
        && passkey.length() <= MAX_CHARS
        && passkey.chars().allMatch(Passkeys::isLegal);
  }

  private static boolean isLegal(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}
