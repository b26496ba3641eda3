package sluice.tron.gateway;

import sluice.ledger.book.Account;

/**
 * A TRC-10 token that a hub keeps.
 *
 * @param id how the ledger names it, such as {@code tron:0x2b6653dc/trc10:1002000}
 * @param token its number on the chain
 * @param precision how many decimals a whole one has there; the gateway refuses another
 * @param label what people call it; 1002000 is BTTOLD, and is never called BTT
 */
public record TronAsset(String id, String token, int precision, String label) {
  /** The token that was BTT until December 2021. */
  public static final String BTTOLD = "1002000";

  public TronAsset {
    if (!Account.isAsset(id) || !token.matches("[0-9]{1,19}")) {
      throw new IllegalArgumentException("no token: " + id + ", " + token);
    } else if (token.equals(BTTOLD) && !label.equals("BTTOLD")) {
      throw new IllegalArgumentException("token " + BTTOLD + " is BTTOLD, and has no other name");
    } else if (!label.matches("[A-Za-z0-9]{1,16}")) {
      throw new IllegalArgumentException("no label: " + label);
    }
  }

  /** How the ledger names a token of a chain. */
  public static String idOf(long chainId, String token) {
    return "tron:0x" + String.format("%08x", chainId) + "/trc10:" + token;
  }
}
