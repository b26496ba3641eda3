package sluice.ledger.book;

import java.util.regex.Pattern;

/**
 * Names an account.
 *
 * @param owner address of the user or id of the channel in hexadecimal digits; empty for the hub's
 * @param asset id of the asset
 */
public record Account(AccountKind kind, String owner, String asset) {
  private static final Pattern OWNER = Pattern.compile("[0-9a-f]{0,64}");
  private static final Pattern ASSET = Pattern.compile("[!-~]{1,256}");

  public Account {
    if (!OWNER.matcher(owner).matches() || !isAsset(asset)) {
      throw new IllegalArgumentException("no account: " + owner + ", " + asset);
    }
  }

  /** Whether {@code asset} can be the id of an asset: 1 to 256 printable ASCII, no spaces. */
  public static boolean isAsset(String asset) {
    return ASSET.matcher(asset).matches();
  }

  /** What {@code user} may spend. */
  public static Account available(String user, String asset) {
    return new Account(AccountKind.AVAILABLE, user, asset);
  }

  /** What is locked in {@code channel}. */
  public static Account channel(String channel, String asset) {
    return new Account(AccountKind.CHANNEL, channel, asset);
  }

  /** An account of the hub itself. */
  public static Account hub(AccountKind kind, String asset) {
    return new Account(kind, "", asset);
  }
}
